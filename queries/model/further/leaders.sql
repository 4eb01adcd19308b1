-- Which leader carries what, and who could take a side without a sponsor?

create macro load_of(accounts, warn, over) as
    case when accounts > over then 'over' when accounts > warn then 'warn' else 'ok' end;

-- one row per person assigned to a chosen account
create view leader_load as
with kept as (
    select g.person_id, g.account_id, g.side, s.cadence_days, s.orphan_risk
    from assigned g join selection using (account_id) join side s using (account_id, side)),
carried as (
    select person_id, count(*) as accounts, sum(revenue) as revenue
    from (select distinct person_id, account_id from kept) join account_figures using (account_id) group by person_id),
due as (
    select person_id, sum(365 // cadence_days)::bigint as touches_due, bool_or(orphan_risk) as orphan_risk
    from kept group by person_id),
made as (
    select k.person_id, count(*) as touches_made
    from kept k join done_activity v using (person_id, account_id, side) cross join context c
    where v.occurred_on > months_later(c.as_of, -12) group by k.person_id)
select c.*, d.touches_due, d.orphan_risk, coalesce(m.touches_made, 0) as touches_made
from carried c join due d using (person_id) left join made m using (person_id);

-- active leaders (level 4 and 5) with a free place, counted over every account of the file
create view free_leader as
select p.person_id, p.name, p.level, count(distinct g.account_id) as accounts
from person p left join assigned g using (person_id) cross join rule r
where p.active and p.level >= 4
group by p.person_id, p.name, p.level, r.load_warn
having count(distinct g.account_id) < r.load_warn;

-- for each gap the best free leader: met the account before, knows the region, least loaded; never the manager or his boss
create view sponsor_suggestion as
with regions as (
    select distinct g.person_id, a.region from assigned g join account a using (account_id) where a.region is not null),
met as (select distinct account_id, person_id from done_activity where account_id is not null and person_id is not null),
calm as (from free_leader order by accounts, level desc, person_id limit 3),
calm_in_region as (
    select r.region, f.person_id from regions r join free_leader f using (person_id)
    qualify row_number() over (partition by r.region order by f.accounts, f.level desc, f.person_id) <= 3),
candidates as (
    select g.account_id, g.side, m.person_id from side_gap g join met m using (account_id)
    union select g.account_id, g.side, x.person_id
    from side_gap g join account a using (account_id) join calm_in_region x using (region)
    union select g.account_id, g.side, c.person_id from side_gap g cross join calm c),
judged as (
    select k.account_id, k.side, f.*, m.person_id is not null as met_before, x.person_id is not null as same_region
    from candidates k join free_leader f using (person_id) join account a using (account_id)
    left join person boss on boss.person_id = a.manager_id
    left join met m using (account_id, person_id)
    left join regions x on x.person_id = k.person_id and x.region = a.region
    where k.person_id is distinct from a.manager_id and k.person_id is distinct from boss.line_manager_id
        and not exists (from assigned g where g.account_id = k.account_id and g.side = k.side and g.person_id = k.person_id))
select account_id, side, name as suggested,
    concat_ws(', ', 'carries ' || accounts, case when met_before then 'met before' end, case when same_region then 'same region' end)
        as suggested_because
from judged
qualify row_number() over (partition by account_id, side
    order by met_before::integer + same_region::integer desc, accounts, level desc, person_id) = 1;
