-- Who and what is known, from the exports and from the company's own files, and what of it does each activity name?

create table known_account as
select Id as id from salesforce.account where not is_yes(IsDeleted)
union select account_id from own.account;

create table known_person as
select Id as id from salesforce.user union select person_id from own.person;

create table known_contact as
select Id as id, AccountId as account_id from salesforce.contact where not is_yes(IsDeleted);

create table known_plan as
select Id as id from salesforce.accountplan
where not is_yes(IsDeleted) and AccountId in (from known_account)
union select plan_id from own.plan;

create table known_objective as
select Id as id from salesforce.accountplanobjective
where not is_yes(IsDeleted) and AccountPlanId in (from known_plan)
union select objective_id from own.objective;

-- the account of whatever an activity hangs on: the account, a plan, an objective, a contact
create table account_of_record as
select id as record_id, id as account_id from known_account
union all select Id, AccountId from salesforce.accountplan
union all select id, account_id from known_contact
union all select o.Id, p.AccountId
    from salesforce.accountplanobjective as o
    join salesforce.accountplan as p on p.Id = o.AccountPlanId;

-- what was done or is planned, of events and tasks alike; tasks of objectives are actions of the plan. Repeated ones
-- have a record that only says how they repeat. Salesforce keeps no word on whether an event took place: past ones
-- that were not called off count as done.
create table crm_activity as
select Id as activity_id, 'Event' as object, AccountId, WhatId, WhoId, OwnerId, Subject as note, Type, Kind__c,
    Side__c, coalesce(kind_word(Kind__c), kind_word(Type), 'meeting') as kind,
    day_part(coalesce(ActivityDate, StartDateTime, ActivityDateTime)) as occurred_on,
    case when regexp_matches(lower(Subject), '^(cancell?ed|abgesagt|annulé)\s*:') then 'cancelled'
        when is_past(occurred_on) then 'done' else 'planned' end as status
from salesforce.event
where not is_yes(IsDeleted) and not is_yes(IsRecurrence) and coalesce(GroupEventType, '0') <> '3'
union all
select Id, 'Task', AccountId, WhatId, WhoId, OwnerId, Subject, Type, Kind__c, Side__c,
    coalesce(kind_word(Kind__c), kind_word(Type), kind_word(TaskSubtype), 'task'),
    -- closed before it was due: the day it was closed; else the day that Salesforce shows
    day_part(if(is_closed(IsClosed, Status) and (ActivityDate is null or day_part(CompletedDateTime) < ActivityDate),
        coalesce(CompletedDateTime, ActivityDate), ActivityDate)),
    if(is_closed(IsClosed, Status), 'done', 'planned')
from salesforce.task
where not is_yes(IsDeleted) and not is_yes(IsRecurrence)
    and (WhatId is null or WhatId not in (from known_objective));

create table placed_activity as
select a.*, coalesce(k.id, w.account_id, c.account_id) as account_id, c.id as contact_id
from crm_activity as a
left join known_account as k on k.id = a.AccountId
left join account_of_record as w on w.record_id = a.WhatId and w.account_id in (from known_account)
left join known_contact as c on c.id = a.WhoId and c.account_id in (from known_account);
