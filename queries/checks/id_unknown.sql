-- Which ids of people and contacts match nobody? One finding per column, with the share that is known.
with
-- `so`: what therefore is not known of the rows whose id matches nobody
meant (table_name, column_name, noun, so) as (values
    ('activity', 'person_id', 'a person', 'the others are no sponsor''s touch'),
    ('activity', 'stakeholder_id', 'a contact', 'the others reach no contact'),
    ('plan', 'owner_id', 'a person', 'the others have no owner'),
    ('objective', 'owner_id', 'a person', 'the others have no owner'),
    ('action', 'owner_id', 'a person', 'the others are owned by nobody and by no function'),
    ('plan_review', 'chaired_by', 'a person', 'the others have no chair'),
    ('assessment', 'assessor_id', 'a person', 'the other assessors do not count'),
    ('sponsorship', 'counterpart_id', 'a contact', 'the others have no counterpart'),
    ('person', 'line_manager_id', 'a person', 'whose line manager the others have is not known')),
counted as (
    select table_name, column_name, owner, noun, so, count(*) as named, count(k.id) as known,
        min(source_row) filter (k.id is null) as line, arg_min(n.id, source_row) filter (k.id is null) as first_id
    from named_id n join meant using (table_name, column_name) left join known_id k using (owner, id)
    where n.id is not null and owner not in (from unread_table)
    group by all),
-- the id that the first one may be meant for: where nothing differs but case, signs and zeros in front
meant_id as (
    select table_name, column_name, any_value(k.id) as id
    from counted c join known_id k on k.owner = c.owner and core_of(k.id) = core_of(c.first_id)
    group by all having count(distinct k.id) = 1),
-- where most of what was done names nobody known, no touch is known at all
touches as (
    select count(p.person_id) * 2 < count(*) as unknown
    from activity a left join person p using (person_id) where a.status = 'done' and a.account_id is not null)
select
    'warning' as severity, table_name, line, column_name, first_id as value,
    format('{:,} of {:,} rows name {} of {}.csv ({} %); ', known, named, noun, owner,
        replace(format('{:.1f}', floor(1000.0 * known / named) / 10), '.0', ''))
        || case when column_name = 'person_id' and t.unknown
            then 'so no touch is known: cover, touches and what rests on them stay empty' else so end as problem,
    'write the ids as they stand in ' || owner || '.csv' || coalesce(': did you mean ' || m.id || '?', '') as fix
from counted left join meant_id m using (table_name, column_name) cross join touches t
where known < named
order by table_name, column_name;
