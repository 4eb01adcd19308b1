-- Why is this leader's load fine, high or too high?
-- also explains: leaders.accounts, leaders.revenue, leaders.accounts_in_file, leaders.free, sponsor_load.independent
-- also explains: sponsor_load.level_match, sponsor_load.sides, sponsor_load.accounts_all, sponsor_load.load
-- also explains: leaders.load, sponsor_load.accounts, sponsor_load.revenue, sponsor_load.orphan_risk, sponsor_load.name

with held as (
    select l.*, load_of(l.accounts_all, r.load_warn, r.load_over) as load, r.load_warn, r.load_over, r.orphan_days
    from leader_load() l join asked q on l.person_id = q.item cross join rule r),
lines as (
    select unnest([
        explained_value('Load', h.accounts_all, 'integer', load_text(h.load) || ', '
            || coalesce(amount_text(h.revenue) || ' revenue', 'revenue unknown')),
        explained_rule('Distinct accounts of the whole programme with an assignment at the as-of date: near '
            || 'the limit above ' || h.load_warn || ', over it above ' || h.load_over || '.'),
        case h.load when 'over' then explained_lift('Accounts to hand over', h.accounts_all - h.load_over, 'integer',
            'then near the limit')
            when 'warn' then explained_lift('Accounts to hand over', h.accounts_all - h.load_warn, 'integer',
                'then within the limit')
            else explained_note('Room for ' || h.load_warn - h.accounts_all
                || ' more before it is near the limit.') end,
        explained_input(0.5, 'Accounts of the filter', h.accounts, 'integer'),
        case when h.orphan_risk then explained_note('Leaving: the only sponsor of a side, ending within '
            || h.orphan_days || ' days.') end
        ], recursive := true)
    from held h
    union all
    select unnest([explained_input(1, a.name, f.revenue, 'money',
        string_agg(side_text(m.side) || coalesce(', until ' || day_text(m.end_on), ''), '; '
            order by m.side, m.sponsorship_id),
        min(m.start_on), at_rows('sponsorship', m.source_row))], recursive := true)
    from asked q join assigned g on g.person_id = q.item join sponsorship m on m.account_id = g.account_id
        and m.side = g.side
        and m.person_id = g.person_id join programme_selection s on s.account_id = g.account_id
    join account a on a.account_id = g.account_id join account_figures f on f.account_id = g.account_id cross
        join context c
    where m.start_on <= c.as_of and (m.end_on is null or m.end_on > c.as_of) group by m.account_id, a.name, f.revenue)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
