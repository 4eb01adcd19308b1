-- Which kinds of activity does Salesforce know, and which is a sponsor's touch? The company's activity_kind.csv goes
-- first. An event is a meeting with people, a task is none.
with kinds (kind, label, touch) as (
    values ('meeting', 'meeting', 'true'), ('email', 'e-mail', 'false'), ('list_email', 'list e-mail', 'false'),
        ('linkedin', 'LinkedIn message', 'false'), ('cadence', 'cadence step', 'false'), ('task', 'task', 'false'),
        ('other', 'other activity', 'false')),
found as (
    select kind, any_value(coalesce(Kind__c, Type)) as label, if(bool_or(object = 'Event'), 'true', 'false') as touch
    from placed_activity
    where account_id is not null and kind not in (select kind from kinds union select kind from default_activity_kind)
    group by kind)
select coalesce(o.kind, s.kind) as kind, coalesce(o.label, s.label) as label, o.side as side,
    coalesce(o.touch, s.touch) as touch, o.mechanism as mechanism
from (from kinds union all by name from found) as s full join own.activity_kind as o on o.kind = s.kind
