-- Why does a line of the Brief say this, and which accounts stand behind it?
-- also explains: brief.answer, brief.question, brief.direction, brief.accounts, brief.revenue, brief.revenue_share
-- also explains: brief.amount, brief.number, brief.short, brief.verdict, brief.measure, brief.value, brief.was
-- also explains: brief.change, brief.who

with told (number, rule) as (values
    (1, 'Twelve months of profit at the review and now, over accounts known at both dates; scores valid at both. '
        || 'Money and points are never one number.'),
    (2, 'Accounts of the programme that can be compared with the same window a year earlier: revenue up, profit down.'),
    (3, 'Losses summed over accounts with known profit; for those below the programme''s margin, revenue times that '
        || 'margin less profit. Those that lose stand first, then those that only '
        || 'earn less than that margin. Losses are compared with the twelve months before the '
        || 'review.'),
    (4, 'The bridge from profit of the same window a year earlier: its largest step down and up.'),
    (5, 'Accounts with neither side covered or new, of those whose sides can be judged. Better or worse by their share '
        || 'of twelve months'' revenue where it moved by half a point since the review, else by their number.'),
    (6, 'Over the limit: more accounts than setting load_over. Silent: none of their sides on time. Leaving: the only '
        || 'sponsor of a side, ending soon. Compared with how many there were at the review.'),
    (7, 'The factor with the lowest mean by revenue over valid scores; accounts red on it. Compared over the scores '
        || 'valid at the review and now.'),
    (8, 'Plans by the first that holds: none, expired, not reviewed, slipping; else alive. Compared with how many were '
        || 'alive at the review.'),
    (9, 'Own commitment of running programmes and value-priced revenue: at accounts at or above the programme''s '
        || 'margin (protect, invest) against all others. Right: they get at least their share of revenue, and are '
        || 'value priced at least as much as the others; partly: one of the two.'),
    (10, 'A negotiation is planned, or it is the last quarter of the year and none was held in it; the side at '
        || 'customer is open or silent, and no planned one names a leader.')),
behind as (
    select 1 as number, n.account_id, n.place, 'profit of 12 months ' || signed_text(f.effect) as told
        from worse_named n left join profit_fall f using (account_id)
    union all select 2, account_id, place, 'profit ' || signed_text(fall) || ' on a year earlier' from empty_growth_told
    union all select 3, k.account_id,
            row_number() over (order by f.profit >= 0, least(f.profit, 0), k.value_at_stake desc, k.account_id),
            'profit ' || amount_text(f.profit::double)
                || case when k.value_at_stake >= 0.005 then ', to programme margin '
                    || signed_text(k.value_at_stake::double) else '' end
        from chosen_figures f join account_contribution_all k using (account_id)
        where f.profit < 0 or k.value_at_stake >= 0.005
    union all select 4, s.account_id, s.place, signed_text(b.amount) || ' in this step'
        from step_account s cross join step_named n left join bridge_account_step b on b.account_id = s.account_id
            and b.step = case when n.down_cents < 0 then n.down else n.up end
    union all select 5, account_id, place, null from without_sponsor_account
    union all select 6, account_id, place, null from leader_account
    union all select 7, account_id, place, null from factor_red_account
    union all select 8, p.account_id, p.place, plan_health_text(h.health)
            || case when b.health = h.health then ', as at the review'
                else ', at the review ' || plan_health_text(b.health) end
        from plan_not_alive p join account_plan_health h using (account_id)
        join plan_health_before b using (account_id)
    union all select 9, account_id, place, null from elsewhere_account
    union all select 10, account_id, place, null from negotiation_exposed_account),
listed as (
    select b.place, a.name, f.revenue, coalesce(b.told, 'profit ' || amount_text(f.profit)) as told
    from behind b join asked q on q.item = b.number::varchar join account a on a.account_id = b.account_id
    join account_figures f on f.account_id = b.account_id),
lines as (
    select unnest([
        explained_value(p.question, null, 'text', p.answer),
        explained_rule(t.rule),
        case when p.direction is not null
            then explained_note('Since ' || c.since_label || ': '
                || replace(p.direction, 'neither', 'the same') || '.') end
        ], recursive := true)
    from panel_brief p join asked q on q.item = p.number::varchar join told t using (number) cross join context c
    union all
    select unnest([explained_input(place, name, revenue, 'money', concat_ws('; ', 'revenue', told))], recursive := true)
        from listed where place <= 12
    union all
    select unnest([explained_input(13, count(*) || ' more accounts', sum(revenue), 'money')], recursive := true)
        from listed where place > 12 having count(*) > 0)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
