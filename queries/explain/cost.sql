-- Why does this account cost this much?
-- also explains: cogs, cost_to_serve, cost_to_serve_ratio

with lines as (
    select unnest([
        case q.measure when 'cogs' then explained_value('Cost of goods sold', f.cogs, 'money') when 'cost_to_serve'
            then explained_value('Cost to serve', f.cost_to_serve, 'money')
            else explained_value('Cost to serve of revenue', margin_of(f.cost_to_serve, f.revenue), 'share') end,
        explained_rule(case q.measure when 'cost_to_serve_ratio'
            then 'Cost to serve divided by revenue, whatever the basis; none without revenue above 0.'
            else 'The sum over ' || window_text(c.window_start, c.window_end)
                || ', each month at its own rate; empty as soon as one month lacks it.' end),
        case when q.measure <> 'cogs' and g.cost_gain > 0
            then explained_lift('Cost to serve to save', cents_up(g.cost_gain), 'money',
            'then it is the ' || share_text(g.cost_to_serve_rate) || ' of the programme') end,
        case when q.measure = 'cost_to_serve_ratio'
            then explained_input(-0.2, 'Cost to serve', f.cost_to_serve, 'money') end,
        case when q.measure = 'cost_to_serve_ratio' then explained_input(-0.1, 'Revenue', f.revenue, 'money') end
        ], recursive := true)
    from account_figures f join asked q using (account_id) cross join context c left
        join lever_gain g using (account_id)
    union all
    select unnest([explained_input(0, strftime(period_start, '%b %Y'), case q.measure when 'cogs' then m.cogs
        else m.cost_to_serve end, 'money',
        'of revenue ' || coalesce(amount_text(m.revenue), '?'), m.period_start, m.source)], recursive := true)
    from month_asked m cross join asked q where in_window)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
