-- How has each success factor moved from review to review?

select
    seen_on, review, factor_id::bigint as factor_id, code, mean, weighted_mean, accounts_known, accounts, change, pairs,
        state, move, name, r.red_below
from factor_trend cross join rule r
order by factor_id, seen_on;
