-- What do loads since the review, up to as_of, say differently from the file before them? Table `history`, net of what
-- came back.

create table restated as
with told as (
    select table_name, key, field, first(before order by loaded_at) as said, last(after order by loaded_at) as says,
        max(loaded_at)::date as told_on
    from history cross join context c where loaded_at::date > c.since and loaded_at::date <= c.as_of
    group by table_name, key, field)
select table_name, key, field, said as before, says as after, told_on from told where said is distinct from says;
comment on table restated is
    'what loads since the review say differently from the file before them, net of what came back';

-- `dated`: the field is the day something happened; a day since the review is then a fact of its own (moves.sql)
create table restated_word (table_name varchar, field varchar, about varchar, word varchar, dated boolean,
    kind varchar);
insert into restated_word values
    ('account', 'name', 'account', 'name', false, 'correction'), ('account', 'tier', 'account', 'tier', false, 'fact'),
    ('account', 'manager_id', 'account', 'manager', false, 'fact'),
        ('account', 'status', 'account', 'status', false, 'fact'),
    ('sponsorship', 'person_id', 'sponsor', 'sponsor', false, 'correction'),
    ('sponsorship', 'start_on', 'sponsor', 'sponsor start', true, null),
        ('sponsorship', 'end_on', 'sponsor', 'sponsor end', true, null),
    ('plan', 'name', 'plan', 'plan name', false, 'correction'),
        ('plan', 'status', 'plan', 'plan status', false, 'fact'),
    ('plan', 'start_on', 'plan', 'plan start', false, 'fact'), ('plan', 'end_on', 'plan', 'plan end', false, 'fact'),
    ('plan', 'approved_on', 'plan', 'plan approved', true, null),
    ('plan', 'shared_with_customer_on', 'plan', 'plan shared', true, null),
    ('plan_review', 'reviewed_on', 'plan', 'plan reviewed', true, null),
    ('objective', 'name', 'objective', 'objective name', false, 'correction'),
    ('objective', 'status', 'objective', 'objective', false, 'fact'),
        ('objective', 'due_on', 'objective', 'objective due', false, 'fact'),
    ('action', 'name', 'action', 'action name', false, 'correction'),
    ('action', 'due_on', 'action', 'action due', false, 'fact'),
        ('action', 'done_on', 'action', 'action done', true, null);

-- a day that the past said otherwise, or says only now, is a correction; a coming day that moved is a fact; a day since
-- the review that nobody had told is no restatement: null
create macro restated_kind(before, after, since, as_of) as
    case when before <= as_of or after <= since then 'correction' when after <= as_of then null else 'fact' end;

create macro worded(table_name, field, value) as
    case when field in ('manager_id', 'person_id')
        then coalesce((select p.name from person p where p.person_id = value), value)
        else value end;

-- whose record it is, and what to call it, for records in the file
create view record_owner as
select 'account' as table_name, account_id as key, account_id, null as subject, source_row from account
union all select 'sponsorship', sponsorship_id, account_id, side || ' ' || p.name, s.source_row from sponsorship s left
    join person p using (person_id)
union all select 'plan', plan_id, account_id, null, source_row from plan
union all select 'plan_review', review_id, p.account_id, null, r.source_row from plan_review r
    join plan p using (plan_id)
union all select 'objective', objective_id, p.account_id, o.name, o.source_row from objective o
    join plan p using (plan_id)
union all select 'action', action_id, p.account_id, t.name, t.source_row from action t
    join objective o using (objective_id) join plan p using (plan_id);

-- records that came or went as a whole, with what is known of them
create view record_moved as
select r.table_name, r.key, max(told_on) as told_on, bool_or(field = owner_field and before is null) as came,
    max(coalesce(before, after)) filter (field = 'account_id') as account_id, max(coalesce(before, after))
        filter (field = 'plan_id') as plan_id,
    max(coalesce(before, after)) filter (field = 'objective_id') as objective_id, max(coalesce(before, after))
        filter (field = 'side') as side,
    max(worded(r.table_name, field, coalesce(before, after))) filter (field = 'person_id') as person,
    max(coalesce(before, after)) filter (field = 'name') as name,
    max(try_cast(coalesce(before, after) as date)) filter (field in ('start_on', 'reviewed_on')) as happened_on,
    max(try_cast(coalesce(before, after) as date)) filter (field = 'approved_on') as approved_on
from restated r
join (values ('sponsorship', 'account_id'), ('plan', 'account_id'), ('plan_review', 'plan_id'),
    ('objective', 'plan_id'),
    ('action', 'objective_id')) k (table_name, owner_field) using (table_name)
group by r.table_name, r.key having bool_or(field = owner_field and (before is null or after is null));
