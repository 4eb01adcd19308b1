-- Which accounts moved most since the review, and by what?

-- `score_points`: the move of the account's index over the factors valid at both dates
-- money and points are never one number: first the losses of profit by size, then the gains; whose profit did not move
-- stands below, by points in the same way
with moved as (
    select
        account_id, any_value(coalesce(name_now, name)) as name,
        bool_or(about = 'score') as scored, exact_sum(case when about = 'profit' then effect end) as profit_effect,
        count(*) filter (better = -1) as worse, count(*) filter (better = 1) as better,
        first(what order by change_place(kind, measure, direction), abs(coalesce(effect, points)) desc nulls last,
            about, what)
            filter (better = -1) as worst
    from chosen_change where kind = 'fact' group by account_id)
select m.account_id, m.name, case when m.scored then s.index_change end as score_points,
    m.* exclude (account_id, name, scored)
from moved m left join account_score s using (account_id)
order by sign(profit_effect) nulls last, round(abs(profit_effect), 2) desc, sign(score_points) nulls last,
    round(abs(score_points), 6) desc, worse desc, account_id;
