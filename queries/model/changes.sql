-- What has changed since the review? One row per change, its kind beside it: a fact of its day, a correction of what an
-- earlier load said, an account that joined or left. Over 80 lines because this is the one list of all kinds.
-- Facts come from the dated rows of the file; of what bears no date (a plan's end, an objective's status, a manager)
-- only a later load can tell, and its day stands. Corrections, joiners and leavers come from table `history`.

-- days that a later load told otherwise: such a value is told once, as a correction, and not as a fact of its day too
create view corrected as
select table_name, key, field from restated r join restated_word w using (table_name, field) cross join context c
where w.dated and restated_kind(try_cast(r.before as date), try_cast(r.after as date), c.since, c.as_of) = 'correction'
union all
select table_name, key, field from restated where table_name = 'assessment' and before is not null;
comment on view corrected is 'days that a later load told otherwise';

create view score_change as
select s.account_id, 'fact' as kind, 'score' as about, s.code || ' score' as what,
    number_text(s.previous_index * s.scale_max / 100) as before,
    number_text(case when s.valid_index is not null then s.score end) as after,
    case when s.valid_index is null then s.assessed_on + f.expire_days + 1 else s.assessed_on end as changed_on,
    null::double as effect, s.valid_index - s.previous_index as points,
    sign(s.valid_index - s.previous_index)::integer as better, 'assessment row ' || a.source_row as source
from factor_score s join success_factor f using (factor_id)
left join assessment a on a.account_id = s.account_id and a.factor_id = s.factor_id and a.assessed_on = s.assessed_on
where s.valid_index is distinct from s.previous_index
    and s.account_id || '/' || s.factor_id || '/'
        || s.assessed_on not in (select key from corrected where table_name = 'assessment');

create view fact_change as
from score_change
union all
select account_id, 'fact', 'profit', 'profit, 12 months', round(before, 2)::decimal(38, 2)::varchar,
    round(after, 2)::decimal(38, 2)::varchar,
    c.window_end, effect::double, null, sign(effect)::integer, 'financial_period'
from profit_since cross join context c
where standing = 'known' and effect <> 0 or standing in ('became known', 'became unknown')
union all
select account_id, 'fact', 'coverage', side || ' side', before, after, moved_on, null, null, better,
    'sponsorship, activity' from side_move
union all
select account_id, 'fact', 'sponsor', side || ' sponsor', before, after, moved_on, null, null, case when after is null
    then -1 else 1 end,
    'sponsorship row ' || source_row from sponsor_move
union all
select e.account_id, 'fact', 'plan', what, before, happened_on::varchar, happened_on, null, null, better, source
from plan_event e cross join context c anti join corrected d on d.table_name = e.table_name and d.key = e.key
    and d.field = e.field
where happened_on > c.since and happened_on <= c.as_of
union all
select account_id, 'fact', 'objective', 'objective due: ' || name, 'open', 'overdue', due_on + 1, null, null, -1,
    'objective row ' || source_row
from objective_now cross join context c where overdue and due_on >= c.since
union all
select account_id, 'fact', 'action', 'action: ' || t.name, case when t.due_on < since then 'overdue' else 'open' end,
    case when done then 'done' else 'overdue' end, case when done then t.done_on else t.due_on + 1 end, null, null,
    case when done then 1 else -1 end, 'action row ' || t.source_row
from action_now t cross join context anti join corrected d on d.table_name = 'action' and d.key = t.action_id
where done and t.done_on > since or t.overdue and t.due_on >= since;

create view restated_account as from restated where table_name = 'account' and field = 'account_id';

-- fields that a later load says differently, of records that stayed
create view field_change as
select o.account_id, case when w.dated then restated_kind(try_cast(r.before as date), try_cast(r.after as date),
    c.since, c.as_of)
        when r.table_name = 'account' and r.field = 'status' and r.after = 'exited' then 'left'
        when r.table_name = 'account' and r.field = 'status' and r.before = 'exited' then 'joined'
            else w.kind end as kind,
    w.about, w.word || coalesce(': ' || o.subject, '') as what, worded(r.table_name, r.field, r.before) as before,
    worded(r.table_name, r.field, r.after) as after, r.told_on as changed_on, null::double as effect,
    null::double as points, case when r.field = 'due_on'
        then sign(try_cast(r.before as date) - try_cast(r.after as date))::integer
        when r.table_name = 'objective' and r.after = 'closed' then 1 end as better, r.table_name || ' row '
            || o.source_row as source
from restated r join restated_word w using (table_name, field) join record_owner o using (table_name, key)
anti join record_moved m on m.table_name = r.table_name and m.key = r.key
anti join restated_account i on r.table_name = 'account' and i.key = r.key
cross join context c;

-- records that a later load brought or dropped; one that came with a day since the review is a fact of that day already
create view record_change as
select coalesce(m.account_id, p.account_id, q.account_id) as account_id,
    case when m.came and m.table_name in ('objective', 'action') then 'fact' when m.came
        then case when coalesce(m.approved_on, m.happened_on) <= c.since then 'correction'
            when m.happened_on between c.since and c.as_of or m.approved_on between c.since and c.as_of then null
                else 'fact' end
        else 'correction' end as kind,
    case m.table_name when 'plan_review' then 'plan' when 'sponsorship' then 'sponsor' else m.table_name end as about,
    case m.table_name when 'plan_review' then 'plan reviewed' when 'sponsorship' then m.side || ' sponsor'
        else m.table_name end as what,
    case when not m.came then coalesce(m.person, m.name, m.happened_on::varchar) end as before,
    case when m.came then coalesce(m.person, m.name, m.happened_on::varchar) end as after, m.told_on as changed_on,
        null::double as effect, null::double as points,
    case when m.came then 1 else -1 end as better, m.table_name as source
from record_moved m cross join context c left join plan p on p.plan_id = m.plan_id
left join objective o on o.objective_id = m.objective_id left join plan q on q.plan_id = o.plan_id;

-- what a month's correction does to profit; a row that came or went had no figures then, a cost that is missing is
-- unknown
create view month_change as
with cell as (
    select regexp_extract(key, '(?s)^(.*)/(\d{4}-\d\d-\d\d)/actual$', ['account_id', 'month']) as at, r.*
    from restated r where table_name = 'financial_period'),
told as (
    select c.at.account_id as account_id, c.at.month::date as month, c.key, c.field, c.before, c.after, c.told_on,
        f.source_row,
        f.currency as currency_now, k.before as currency_before, k.key is not null and k.before is not null
            and k.after is not null as recoined,
        e.before is null and e.key is not null as row_came, f.account_id is null as row_went
    from cell c
    left join financial_period f on f.account_id = c.at.account_id and f.period_start = c.at.month::date
        and f.scenario = 'actual'
    left join cell k on k.key = c.key and k.field = 'currency' left join cell e on e.key = c.key
        and e.field = 'revenue')
select t.account_id, 'correction' as kind, 'figure' as about, t.field || ' ' || strftime(t.month, '%Y-%m') as what,
    t.before, t.after,
    t.told_on as changed_on,
    case when t.recoined or t.field = 'currency' then null
        else (case when c.basis = 'gross' and t.field = 'cost_to_serve' then 0
        when t.field = 'revenue' then 1 else -1 end
        * (case when t.row_went then 0 else t.after::decimal(18, 2) end - case when t.row_came then 0
            else t.before::decimal(18, 2) end)
        * worth(coalesce(t.currency_now, t.currency_before), c.currency, x.rate))::double end as effect,
            null::double as points,
    sign(effect)::integer as better, coalesce('financial_period row ' || t.source_row, 'financial_period') as source
from told t cross join context c
left join month_rate x on x.currency = upper(coalesce(t.currency_now, t.currency_before))
    and x.period_start = rate_month(t.month, c.rates, c.window_start)
where last_day(t.month) <= c.as_of and not (t.field = 'currency' and (t.row_came or t.row_went));

-- a corrected exchange rate moves the figures of every account that books in that currency
create view rate_change as
with told as (
    select regexp_extract(key, '(?s)^(.*)/(\d{4}-\d\d-\d\d)$', ['currency', 'month']) as at, before, after, told_on
        from restated where table_name = 'fx_rate')
select f.account_id, 'correction' as kind, 'figure' as about, 'rate ' || f.currency || ' '
    || strftime(f.period_start, '%Y-%m') as what, t.before, t.after,
    t.told_on as changed_on, (profit_of(c.basis, f.revenue, f.cogs, f.cost_to_serve) * (
        t.after::decimal(20, 8) - t.before::decimal(20, 8)))::double as effect, null::double as points,
    sign(effect)::integer as better, 'fx_rate' as source
from told t join financial_period f on upper(f.currency) = upper(t.at.currency) and f.scenario = 'actual' cross
    join context c
where rate_month(f.period_start, c.rates, c.window_start) = t.at.month::date and last_day(f.period_start) <= c.as_of
    and upper(f.currency) <> c.currency;

create view score_correction as
with told as (
    select regexp_extract(key, '(?s)^(.*)/(\d+)/(\d{4}-\d\d-\d\d)$', ['account_id', 'factor_id', 'day']) as at, before,
        after, told_on
    from restated where table_name = 'assessment')
select t.at.account_id as account_id, 'correction' as kind, 'score' as about, f.code || ' score of '
    || t.at.day as what,
    number_text(t.before) as before, number_text(t.after) as after, t.told_on as changed_on,
    null::double as effect, index_of(t.after::double - t.before::double, f.scale_max) as points,
    sign(t.after::double - t.before::double)::integer as better,
        coalesce('assessment row ' || a.source_row, 'assessment') as source
from told t join success_factor f on f.factor_id = t.at.factor_id::integer cross join context c
left join assessment a on a.account_id = t.at.account_id and a.factor_id = f.factor_id
    and a.assessed_on = t.at.day::date
where t.at.day::date <= c.as_of and (t.before is not null or t.at.day::date <= c.since);

create table account_change as
select *, null as name from fact_change
union all select *, null from field_change where kind is not null
union all select *, null from record_change where kind is not null
union all select *, null from month_change
union all select *, null from rate_change
union all select *, null from score_correction
union all
select r.key, case when r.before is null then 'joined' else 'left' end, 'account', 'programme', case
    when r.before is not null then 'in' end,
    case when r.after is not null then 'in' else 'out' end, r.told_on, null, null, null,
        coalesce('account row ' || a.source_row, 'account'), n.before
from restated_account r left join account a on a.account_id = r.key
left join restated n on n.table_name = 'account' and n.key = r.key and n.field = 'name';
comment on table account_change is
    'every change since the review over all accounts: facts, corrections, accounts that joined or left';

-- what a change is measured in: money, points of a score, or the day of a person or a plan
create macro measure_of(about) as case when about in ('profit', 'figure') then 'money' when about = 'score' then 'score'
    when about in ('plan', 'objective', 'action') then 'plan' else 'people' end;

-- an account that is no longer in the file has nothing to filter by: it shows wherever no account in the programme is
-- left out. Who left the programme moves money, and nothing else.
create view chosen_change as
select c.*, a.name as name_now, f.revenue::double as revenue, measure_of(c.about) as measure,
    case when c.about = 'score' then y.revenue::double end as revenue_touched,
    case c.better when 1 then 'better' when -1 then 'worse' else 'neither' end as direction
from account_change c left join account a using (account_id) left join account_figures f using (account_id)
left join year_figures y using (account_id)
where c.account_id in (from selection) and (measure = 'money' or c.kind in ('joined', 'left')
    or c.account_id in (from programme_selection))
    or a.account_id is null and not exists (from programme_account where account_id not in (from selection));

-- kinds, measures and directions in the order in which they are listed
create macro change_place(kind, measure, direction) as [list_position(['fact', 'correction', 'joined', 'left'], kind),
    list_position(['money', 'score', 'people', 'plan'], measure),
        list_position(['worse', 'better', 'neither'], direction)];
