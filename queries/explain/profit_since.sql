-- What is this profit compared with since the review, or why with nothing?
-- also explains: profit_since.name, profit_since.standing, profit_since.before, profit_since.after, profit_since.effect
-- also explains: profit_since.revenue, profit_since.before_end, profit_since.after_end

with lines as (
    select unnest([
        explained_value('Profit since the review', p.effect, 'money', p.standing),
        explained_rule('Twelve months to ' || day_text(c.window_end) || ' less twelve months to '
            || day_text(last_day(r.review_month))
            || '. Who has fewer than twelve months at either date, is late or has an unknown cost or rate is left out '
            || 'and named.'),
        explained_input(1, 'Profit at the review', p.before, 'money', 'twelve months to '
            || day_text(last_day(r.review_month))),
        explained_input(2, 'Profit now', p.after, 'money', 'twelve months to ' || day_text(c.window_end)),
        case when s.first_month is not null then explained_input(3, 'First month booked', null, 'text',
            strftime(s.first_month, '%b %Y')) end,
        case when s.late then explained_note('The account is late: its last months are not booked yet.') end
        ], recursive := true)
    from profit_since p join asked using (account_id) cross join context c cross join review_month r
    left join account_span s using (account_id))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
