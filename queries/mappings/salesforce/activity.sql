-- What was done with the key accounts, and by whom? Events and tasks, and the company's own activity.csv.
-- With a contact it happened at the customer, else inside the company, unless its kind or the field Side__c says so.
-- One without a key account, or without a day, is left out and told.
with placed as (
    select p.*, coalesce(k.side, d.side) as kind_side
    from placed_activity as p
    left join own.activity_kind as k on k.kind = p.kind
    left join default_activity_kind as d on d.kind = p.kind
    where p.account_id is not null and p.occurred_on is not null)
select
    activity_id, account_id, OwnerId as person_id, contact_id as stakeholder_id,
    coalesce(lower(Side__c), kind_side, if(WhoId is null, 'internal', 'external')) as side, kind, occurred_on, status,
    note
from placed
union all by name
select o.activity_id as activity_id, o.account_id as account_id, o.person_id as person_id,
    o.stakeholder_id as stakeholder_id, o.side, o.kind, o.occurred_on, o.status, o.note
from own.activity as o
