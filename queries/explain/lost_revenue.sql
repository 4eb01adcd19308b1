-- How much would lose its cover if this leader left?
-- also explains: leaders.lost_revenue, sponsor_load.lost_revenue, sponsor_load.lost_accounts, sponsor_load.lost_names

with lines as (
    select unnest([
        explained_value('Loses cover', case when l.person_id is null then 0 else l.lost_revenue end, 'money',
            count_text(coalesce(l.lost_accounts, 0), 'account')),
        explained_rule(
            'Revenue of the chosen accounts with a side that is covered now and would not be without this person.')
        ], recursive := true)
    from asked q left join leader_load() l on l.person_id = q.item
    union all
    select unnest([explained_input(1, a.name, f.revenue, 'money', string_agg(side_text(k.side), ', ' order by k.side))],
        recursive := true)
    from cover_loss k join asked q on k.person_id = q.item join programme_selection s on s.account_id = k.account_id
    join account a on a.account_id = k.account_id join account_figures f on f.account_id = k.account_id
        group by a.account_id, a.name, f.revenue)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
