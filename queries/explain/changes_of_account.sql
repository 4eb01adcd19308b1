-- What did this account's changes since the review come to?
-- also explains: changes_by_account.score_points, changes_by_account.profit_effect, changes_by_account.worse
-- also explains: changes_by_account.better, changes_by_account.worst

with counted as (
    select c.*, q.measure from asked q join account_change c using (account_id)
    where c.kind = 'fact' and case q.measure when 'score_points' then c.about = 'score' when 'profit_effect'
        then c.about = 'profit'
        when 'better' then c.better = 1 else c.better = -1 end),
lines as (
    select unnest([
        explained_value(case q.measure when 'score_points' then 'Scores' when 'profit_effect' then 'Profit'
            when 'better' then 'Better' else 'Worse' end,
            case q.measure when 'profit_effect' then (select exact_sum(effect) from counted) when 'score_points'
                then (select exact_sum(points) from counted)
                else (select count(*) from counted)::double end,
            case q.measure when 'profit_effect' then 'money' when 'score_points' then 'number' else 'integer' end),
        explained_rule(case q.measure when 'score_points' then 'Sum over its scores that moved since '
            || day_text(c.since)
                || ': the points that each rose or fell.'
            when 'profit_effect'
                then 'Profit of the twelve months to the last booked month less that of the twelve months before the '
                || 'review; only with twelve known months at both.'
            else 'Facts since ' || day_text(c.since) || ' that are for the ' || case q.measure when 'better'
                then 'better.' else 'worse.' end end)
        ], recursive := true)
    from asked q cross join context c
    union all
    select unnest([explained_input(1, changed_text(what), coalesce(effect, points),
        case measure_of(about) when 'money' then 'money'
        else 'number' end, coalesce(status_text(before), 'nothing') || ' -> '
            || coalesce(status_text(after), 'nothing'), changed_on,
        fact_source(source))],
        recursive := true)
    from counted)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
