-- What do the plans want, and how far are they? An objective with several measures takes the first in order of id that
-- has a target; one without a value at its start has no known progress.
with measures as (
    select AccountPlanObjectiveId as objective_id, lower(ValueType) as value_type,
        coalesce(case lower(ValueType) when 'currency' then CurrentCurrencyValue when 'number' then CurrentNumberValue
            when 'percent' then CurrentPercentValue end, CurrentValue) as current_value,
        coalesce(case lower(ValueType) when 'currency' then TargetCurrencyValue when 'number' then TargetNumberValue
            when 'percent' then TargetPercentValue end, TargetValue) as target_value,
        Baseline_Value__c as baseline_value, CurrentValueTimestamp as value_at
    from salesforce.accountplanobjectivemeasure
    where not is_yes(IsDeleted)
    qualify row_number() over (partition by AccountPlanObjectiveId
        order by target_value is null, Id) = 1)
select
    o.Id as objective_id, o.AccountPlanId as plan_id, coalesce(o.Name, 'Objective') as name,
    coalesce(o.Status, 'new') as status, o.StartDate as start_on, o.EndDate as due_on,
    case when coalesce(o.ObjectiveOwnerId, o.OwnerId) in (from known_person)
        then coalesce(o.ObjectiveOwnerId, o.OwnerId) end as owner_id,
    o.Joint__c as joint, m.value_type, m.baseline_value, m.current_value, m.target_value, m.value_at
from salesforce.accountplanobjective as o left join measures as m on m.objective_id = o.Id
where not is_yes(o.IsDeleted) and o.AccountPlanId in (from known_plan)
