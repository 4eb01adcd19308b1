-- Which leader carries what, keeps in touch, fits, and is missed most when gone?

create macro load_of(accounts, warn, over) as
    case when accounts > over then 'over' when accounts > warn then 'warn' else 'ok' end;

-- everybody assigned, and how he alone would keep the side
create macro sponsor_standing() as table
select g.*, c.as_of - g.last_touch_on as days_since_touch,
    status_of(1, c.as_of - g.last_touch_on, g.cadence_days, c.as_of - g.start_on, r.new_days, h.told) as status
from assigned g cross join context c cross join rule r
cross join (select count(last_touch_on) > 0 as told from assigned) h;

-- what each leader carries at each account of the programme. Over the whole programme, since how he stands does not
-- change with the filter: `accounts_all`, what his load is judged by, `silent` (no side on time), and `leaving`. Due at
-- least once a year on every side, on time where the side is covered; independent: neither the manager nor his line
-- manager nor from sales, unknown without a function; match: level at most one off that of the counterpart
create table leader_at_account as
with matched as (
    select s.account_id, s.side, s.person_id, bool_or(abs(p.level - h.level) <= 1) as level_match
    from sponsorship s join person p using (person_id) join stakeholder h on h.stakeholder_id = s.counterpart_id cross
        join context c
    where s.start_on <= c.as_of and (s.end_on is null or s.end_on > c.as_of)
    group by s.account_id, s.side, s.person_id),
kept as (
    select g.person_id, g.account_id, g.touches_in_year, s.cadence_days, s.orphan_risk, s.status = 'covered' as on_time,
        s.status is null as unknown, l.person_id is not null as lost, t.level_match,
        case when p.function is not null or not g.independent then g.independent end as independent
    from assigned g semi join programme_account using (account_id) join account_side s using (account_id, side)
    join person p using (person_id)
    left join cover_loss l using (account_id, side, person_id) left join matched t using (account_id, side, person_id)),
at_account as (
    select person_id, account_id, bool_or(lost) as lost, bool_or(orphan_risk) as orphan_risk, count(*) as sides,
        sum(greatest(365 // cadence_days, 1)) as touches_due, sum(touches_in_year) as touches_made,
        count(*) filter (on_time) as sides_on_time, count(*) filter (unknown) as sides_unknown,
        count(*) filter (independent) as independent, count(independent) as independence_known,
        count(*) filter (level_match) as level_match, count(level_match) as level_known
    from kept group by person_id, account_id),
everywhere as (select person_id, count(distinct account_id) as accounts_all from assigned group by person_id),
standing as (
    select person_id, bool_or(orphan_risk) as leaving,
        sum(sides_on_time) = 0 and sum(sides_unknown) < sum(sides) as silent
    from at_account group by person_id)
select a.* exclude (orphan_risk), e.accounts_all, s.leaving, s.silent, f.revenue, n.name
from at_account a join account_figures f using (account_id) join account n using (account_id)
join everywhere e using (person_id) join standing s using (person_id);
comment on table leader_at_account is 'sides, touches and fit of each assigned leader at each account of the programme';

-- one row per person assigned to a chosen account; none made is no number where the file tells of no touch
create macro leader_load() as table
select person_id, any_value(accounts_all) as accounts_all, count(*) as accounts, sum(revenue) as revenue,
    count(*) filter (lost) as lost_accounts,
    case when lost_accounts = 0 then 0 else sum(revenue) filter (lost) end as lost_revenue,
    string_agg(name, '; ' order by revenue desc nulls last, account_id) filter (lost) as lost_names,
    sum(touches_due)::bigint as touches_due, any_value(leaving) as orphan_risk,
    any_value(silent) as silent, sum(sides)::bigint as sides,
    sum(sides_on_time)::bigint as sides_on_time, sum(sides_unknown)::bigint as sides_unknown,
    case when (select touch from has_rows) then coalesce(sum(touches_made), 0)::bigint end as touches_made,
    sum(independent)::bigint as independent, sum(independence_known)::bigint as independence_known,
    sum(level_match)::bigint as level_match, sum(level_known)::bigint as level_known
from leader_at_account join selection using (account_id) group by person_id;
comment on macro table leader_load is 'accounts, revenue and touches of each assigned leader over the chosen accounts';
