-- Which accounts moved most since the review, and by what?
-- needs model/further/restated.sql
-- needs model/further/moves.sql
-- needs model/further/changes.sql

select
    account_id, any_value(coalesce(name_now, name)) as name,
    exact_sum(case when about = 'score' then effect end) as score_effect,
    exact_sum(case when about = 'profit' then effect end) as profit_effect,
    count(*) filter (better = -1) as worse, count(*) filter (better = 1) as better,
    first(what order by round(abs(effect), 2) desc nulls last, about, what) filter (better = -1) as worst
from chosen_change where kind = 'fact'
group by account_id
order by round(abs(coalesce(score_effect, 0)) + abs(coalesce(profit_effect, 0)), 2) desc, worse desc, account_id;
