-- Who could take a side without a live sponsor, and who stands where in the matrix of accounts and leaders?

-- assigned, though no longer active: the side counts as uncovered
create macro left_behind() as table
select distinct s.account_id, s.side, s.person_id
from sponsorship s join person p on p.person_id = s.person_id and not p.active cross join context c
where s.start_on <= c.as_of and (s.end_on is null or s.end_on > c.as_of);

-- who is or could be a sponsor: assigned, or active from level 4 on, or gone with sides open; load over every account of the file
create macro possible_leaders() as table
with held as (select person_id, count(distinct account_id) as accounts from assigned group by person_id)
select p.person_id, p.name, p.function, p.level, p.active, coalesce(h.accounts, 0) as accounts
from person p left join held h using (person_id)
where h.person_id is not null or (p.active and p.level >= 4) or p.person_id in (select person_id from left_behind());

create macro free_leaders() as table
select l.* from possible_leaders() l cross join rule r where l.active and l.level >= 4 and l.accounts < r.load_warn;

-- for each gap the best free leader: level matches the customer's highest, same region, met before; then the least loaded.
-- Never the manager, his boss, or who stands there already. Nobody suitable: nothing beside the gap
create macro suggestions() as table
with gap as materialized (from side_gap()),
free_leader as materialized (from free_leaders()),
regions as (
    select distinct g.person_id, a.region from assigned g join account a using (account_id) where a.region is not null),
calm as (
    from free_leader qualify row_number() over (partition by level order by accounts, person_id) <= 5),
calm_in_region as (
    select r.region, f.person_id from regions r join free_leader f using (person_id)
    qualify row_number() over (partition by r.region, f.level order by f.accounts, f.person_id) <= 5),
candidates as (
    select g.account_id, g.side, m.person_id from gap g join acquaintance m using (account_id)
    union select g.account_id, g.side, x.person_id
    from gap g join account a using (account_id) join calm_in_region x using (region)
    union select g.account_id, g.side, c.person_id from gap g cross join calm c),
judged as (
    select k.account_id, k.side, f.*, m.person_id is not null as met_before, x.person_id is not null as same_region,
        coalesce(abs(f.level - t.level) <= 1, false) as level_match
    from candidates k join free_leader f using (person_id) join account a using (account_id)
    left join person boss on boss.person_id = a.manager_id
    left join acquaintance m using (account_id, person_id) left join top_contact t using (account_id)
    left join regions x on x.person_id = k.person_id and x.region = a.region
    where k.person_id is distinct from a.manager_id and k.person_id is distinct from boss.line_manager_id
        and not exists (from assigned g where g.account_id = k.account_id and g.side = k.side and g.person_id = k.person_id)),
best as (
    select account_id, side, name as suggested, person_id as suggested_id, level_match, same_region, met_before, accounts as carries,
        concat_ws(', ', 'carries ' || accounts, case when level_match then 'level matches' end,
            case when same_region then 'same region' end, case when met_before then 'met before' end) as suggested_because
    from judged
    qualify row_number() over (partition by account_id, side
        order by met_before::integer + same_region::integer + level_match::integer desc, accounts, level desc, person_id) = 1)
from gap left join best using (account_id, side);

create view sponsor_suggestion as from suggestions();
