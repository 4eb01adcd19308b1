-- Which moves does the what-if make, and what does each of them change?

with carried as (select person_id, count(distinct account_id) as accounts from assigned group by person_id),
freed as (
    select s.place, string_agg(p.name, '; ' order by p.name, p.person_id) as replaces,
        sum(coalesce(o.accounts, 0))::bigint as accounts_before, sum(coalesce(n.accounts, 0))::bigint as accounts_after
    from what_if_steps() s join person p using (person_id)
    left join load_in_file o using (person_id) left join carried n using (person_id)
    where s.was and not s.own group by s.place)
select
    x.place::bigint as place, x.move, x.account_id, a.name, x.side, x.person_id, p.name as leader,
    f.revenue::double as revenue, b.status as status_before, s.status as status_after,
    coalesce(o.accounts, 0) as accounts_before, coalesce(n.accounts, 0) as accounts_after,
    d.replaces, d.accounts_before as replaced_before, d.accounts_after as replaced_after
from what_if_move x
join person p using (person_id)
left join account a using (account_id)
left join account_figures f using (account_id)
left join side_in_file b on b.account_id = x.account_id and b.side = x.side
left join account_side s on s.account_id = x.account_id and s.side = x.side
left join load_in_file o on o.person_id = x.person_id
left join carried n on n.person_id = x.person_id
left join freed d on d.place = x.place
order by x.place;
