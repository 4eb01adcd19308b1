-- Who could take the sides without a live sponsor, all of them at once, and who stands where in the matrix of accounts
-- and leaders? Over 80 lines because the one proposal stands beside what it chooses from.

-- assigned, though no longer active: the side counts as uncovered
create macro left_behind() as table
select distinct s.account_id, s.side, s.person_id
from sponsorship s join person p on p.person_id = s.person_id and not p.active cross join context c
where s.start_on <= c.as_of and (s.end_on is null or s.end_on > c.as_of) and s.account_id in (from programme_account);

-- who is or could be a sponsor: assigned, or active from level 4 on, or gone with sides open; load over the whole
-- programme
create macro possible_leaders() as table
with held as (select person_id, count(distinct account_id) as accounts from assigned group by person_id)
select p.person_id, p.name, p.function, p.level, p.active, coalesce(h.accounts, 0) as accounts
from person p left join held h using (person_id)
where h.person_id is not null or (p.active and p.level >= 4) or p.person_id in (select person_id from left_behind());

create macro free_leaders() as table
select l.* from possible_leaders() l cross join rule r where l.active and l.level >= 4 and l.accounts < r.load_warn;

-- where most of each leader's accounts lie; several regions where as many lie in each
create macro home_regions() as table
select person_id, region
from (select g.person_id, a.region, count(distinct g.account_id) as accounts
    from assigned g join account a using (account_id) where a.region is not null group by g.person_id, a.region)
qualify rank() over (partition by person_id order by accounts desc) = 1;

-- One proposal over the whole programme: gap after gap by revenue, each given the best leader who is still free, with
-- what was proposed before him counted. Free: active, level 4 or 5, independent, under load_warn accounts, on neither
-- side of the account. Best: level matches the customer's highest, same region as most of his accounts, met before,
-- fewest accounts, id. Nobody left: nothing beside the gap.
-- One fold over the gaps, a hundred at a time until nobody is free: `load[n]` is what the n-th leader carries by then,
-- `load[1]` whom the gap before was given; a leader's `wish` for a gap is null where he may not take it.
create table sponsor_suggestion as
with recursive queue as (
    select g.*, row_number() over (order by f.revenue desc nulls last, g.account_id, g.side desc) as place
    from side_gap() g join account_figures f using (account_id)),
gap as materialized (
    select g.*, (place - 1) // 100 as part, a.manager_id, m.line_manager_id, a.region, t.level as customer_level,
        coalesce(lag(g.account_id) over (order by place) = g.account_id, false)::bigint as again
    from queue g join account a using (account_id)
    left join person m on m.person_id = a.manager_id left join top_contact t on t.account_id = a.account_id),
leader as materialized (
    select person_id, name, level, function, accounts, row_number() over (order by person_id) + 1 as seat
    from free_leaders() where not coalesce(is_of_sales(function), false)),
home as materialized (select seat, region from home_regions() join leader using (person_id)),
met as materialized (select account_id, seat from acquaintance join leader using (person_id) semi
    join gap using (account_id)),
-- who stands on either side of the account, manages it, or stood on this side until a day ago at most: he would be
-- renewed there, and a renewal is nobody new
barred as materialized (
    select g.account_id, g.side, seat from gap g join assigned t using (account_id)
        join leader l on l.person_id = t.person_id
    union select account_id, side, seat from gap join leader on person_id in (manager_id, line_manager_id)
    union select g.account_id, g.side, seat from gap g join sponsorship s using (account_id, side)
        join leader l on l.person_id = s.person_id
        cross join context c where s.end_on between c.as_of - 1 and c.as_of),
step as (
    select -1::bigint as part, list_prepend(0::bigint, list(accounts::bigint order by seat)) as load,
        []::bigint[] as given,
        any_value(load_warn)::bigint as most from leader cross join rule
    union all
    select s.part + 1, folded[:len(s.load)], folded[len(s.load) + 1:], s.most
    from step s, lateral (
        select list_reduce(list(wishes order by place), lambda load, wish: list_transform(
            [coalesce(list_min(list_transform(wish, lambda w, n: case when n > 1 and load[n] < s.most
                and (wish[1] = 0 or n <> load[1]) then w + load[n] * 1000000 + n end)) % 1000000, 0)],
            lambda seat: list_append(list_transform(load, lambda l, n: case when n = 1 then seat when n = seat
                then l + 1 else l end), seat))[1],
            s.load) as folded
        from (
            select g.place, list_prepend(any_value(g.again), list(case when b.seat is null then
                case when abs(l.level - g.customer_level) <= 1 then 0 else 4000000000000 end
                + case when h.seat is not null then 0 else 2000000000000 end
                + case when m.seat is not null then 0 else 1000000000000 end end order by l.seat)) as wishes
            from gap g cross join leader l
            left join home h on h.seat = l.seat and h.region = g.region
            left join met m on m.account_id = g.account_id and m.seat = l.seat
            left join barred b on b.account_id = g.account_id and b.side = g.side and b.seat = l.seat
            where g.part = s.part + 1 group by g.place))
    where len(s.load) > 1 and list_min(s.load[2:]) < s.most and folded is not null),
taken as (
    select part * 100 + n as place, given[n] as seat from step, unnest(range(1, len(given) + 1)) u (n)
        where given[n] > 0),
placed as (
    select t.place, l.*, l.accounts + row_number() over (partition by l.seat order by t.place) - 1 as carries
    from taken t join leader l using (seat))
select
    g.* exclude (place, part, manager_id, line_manager_id, region, customer_level, again), p.name as suggested,
        p.person_id as suggested_id,
    case when p.seat is not null then coalesce(abs(p.level - g.customer_level) <= 1, false) end as level_match,
    case when p.seat is not null then h.seat is not null end as same_region,
    case when p.seat is not null then m.seat is not null end as met_before, p.carries,
    concat_ws(', ', 'carries ' || p.carries, case when level_match then 'level matches' end,
        case when same_region then 'same region' end, case when met_before then 'met before' end) as suggested_because,
    case when p.seat is not null then c.as_of + r.new_days end as covered_from
from gap g cross join context c cross join rule r
left join placed p on p.place = g.place
left join home h on h.seat = p.seat and h.region = g.region
left join met m on m.account_id = g.account_id and m.seat = p.seat;
comment on table sponsor_suggestion is 'every gap, who could take it, from when, and why';
