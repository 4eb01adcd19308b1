-- Which account plans are there? A status that says it is over is inactive, none is not started, another is asked for.
select
    p.Id as plan_id, p.AccountId as account_id, coalesce(p.Name, 'Account plan') as name,
    case when kind_word(p.Status) is null then 'not_started'
        when kind_word(p.Status) in ('archived', 'closed', 'completed', 'expired', 'cancelled', 'canceled')
        then 'inactive' else p.Status end as status,
    p.StartDate as start_on, p.EndDate as end_on, p.Approved_On__c as approved_on,
    p.Shared_With_Customer_On__c as shared_with_customer_on,
    case when p.OwnerId in (from known_person) then p.OwnerId end as owner_id,
    p.AccountVision as vision, p.AccountStrategicPriorities as priorities, p.AccountChallenges as challenges
from salesforce.accountplan as p
where not is_yes(p.IsDeleted) and p.AccountId in (from known_account)
