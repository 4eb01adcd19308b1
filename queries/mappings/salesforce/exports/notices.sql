-- What of the exports is left out or taken in a way that one should know?
with
records (object, deleted) as (
    select 'account', IsDeleted from salesforce.account union all select 'contact', IsDeleted from salesforce.contact
    union all select 'event', IsDeleted from salesforce.event union all select 'task', IsDeleted from salesforce.task
    union all select 'accountplan', IsDeleted from salesforce.accountplan
    union all select 'accountplanobjective', IsDeleted from salesforce.accountplanobjective
    union all select 'accountplanobjectivemeasure', IsDeleted from salesforce.accountplanobjectivemeasure),
elsewhere (object, id) as (
    select 'contact', Id from salesforce.contact
    where not is_yes(IsDeleted) and AccountId in (from known_account) is not true
    union all select 'accountplan', Id from salesforce.accountplan
    where not is_yes(IsDeleted) and AccountId in (from known_account) is not true
    union all select 'accountplanobjective', Id from salesforce.accountplanobjective
    where not is_yes(IsDeleted) and AccountPlanId in (from known_plan) is not true
    union all select lower(object), activity_id from placed_activity where account_id is null),
strange as (
    select lower(object) as object, kind, count(*) as rows
    from placed_activity
    where account_id is not null and kind not in (select kind from own.activity_kind
        union all select kind from default_activity_kind
        union all values ('meeting'), ('email'), ('list_email'), ('linkedin'), ('cadence'), ('task'), ('other'))
    group by all),
measured as (
    select AccountPlanObjectiveId as objective_id, count(*) as measures,
        count(*) filter (Baseline_Value__c is not null) as begun
    from salesforce.accountplanobjectivemeasure
    where not is_yes(IsDeleted) and AccountPlanObjectiveId in (from known_objective)
    group by objective_id),
told (place, object, rows, problem, fix) as (
    select 1, object, count(*) filter (is_yes(deleted)), 'deleted and left out', '' from records group by object
    union all select 2, object, count(*), 'of no key account and left out', '' from elsewhere group by object
    union all select 3, lower(object), count(*), 'without a day and left out', ''
    from placed_activity where account_id is not null and occurred_on is null group by object
    union all select 4, 'account', count(*), 'owned by nobody in User.csv, so without a manager', 'export those users'
    from salesforce.account where not is_yes(IsDeleted) and OwnerId in (from known_person) is not true
    union all select 5, 'account', count(*), 'in the region of their BillingCountry', 'a field Region__c says otherwise'
    from salesforce.account where not is_yes(IsDeleted) and Region__c is null and BillingCountry is not null
    union all select 6, lower(object), count(*), 'without a contact, so inside your company',
        'a field Side__c says otherwise'
    from placed_activity where account_id is not null and WhoId is null and Side__c is null group by object
    union all select 7, lower(object), count(*), 'called off, by the subject', ''
    from placed_activity where account_id is not null and status = 'cancelled' group by object
    union all select 8, object, sum(rows),
        'of kinds of your own, ' || if(object = 'event', 'taken as meetings and touches', 'taken as no touch') || ': '
            || string_agg(kind || ' ' || rows, ', ' order by rows desc, kind), 'activity_kind.csv says otherwise'
    from strange group by object
    union all select 9, 'accountplan', count(*), 'without a status, taken as not started', ''
    from salesforce.accountplan where not is_yes(IsDeleted) and Status is null and Id in (from known_plan)
    union all select 10, 'accountplan', count(*), 'taken as inactive: ' || string_agg(distinct Status, ', '), ''
    from salesforce.accountplan where not is_yes(IsDeleted) and Id in (from known_plan)
        and kind_word(Status) in ('archived', 'closed', 'completed', 'expired', 'cancelled', 'canceled')
    union all select 11, 'accountplanobjective', count(*), 'without a status, taken as new', ''
    from salesforce.accountplanobjective
    where not is_yes(IsDeleted) and Status is null and Id in (from known_objective)
    union all select 12, 'accountplanobjectivemeasure', sum(measures - 1),
        'left out, as their objective has another one with a target, or before them in order of id', ''
    from measured where measures > 1
    union all select 13, 'accountplanobjectivemeasure', count(*), 'without a value at the start, so without progress',
        'a field Baseline_Value__c gives it' from measured where begun = 0)
select object, rows, problem, fix from told where rows > 0 order by place, object
