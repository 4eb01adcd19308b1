-- What do index, light, freshness, confidence and a move mean? Macros that every view of scores uses.

create macro index_of(score, scale_max) as 100 * score / scale_max;

create macro light_of(index, red_below, green_from) as
    case when index is null then 'unknown' when index < red_below then 'red' when index < green_from then 'amber'
        else 'green' end;

-- both limits are inclusive and the factor's own; an expired score counts as missing
create macro freshness_of(days, fresh_days, expire_days) as
    case when days <= fresh_days then 'fresh' when days <= expire_days then 'ageing' else 'expired' end;

-- high: evidence, and an assessor who is not the account's own manager; medium: one of the two; low: neither
create macro confidence_of(has_evidence, independent) as
    case has_evidence::integer + independent::integer when 2 then 'high' when 1 then 'medium' else 'low' end;

-- a move smaller than `flat_points` is flat; null without a valid score at both dates
create macro move_of(change, flat_points) as
    case when change >= flat_points then 'rose' when change <= -flat_points then 'fell' when change is not null
        then 'flat' end;

-- weighted mean of the valid indices; null under half of the weight
create macro weighted_index(index, weight) as
    case when exact_sum(case when index is not null then weight end) >= exact_sum(weight) / 2
        then exact_sum(weight * index) / nullif(exact_sum(case when index is not null then weight end), 0) end;

-- the weighted mean move over the factors that are valid at both dates; null where there is none
create macro index_change_of(change, weight) as weighted_mean(change, weight);

-- an account is ranked by its index from this share of the weight known on
create macro is_ranked(known_share) as known_share >= 0.8;

-- Column or row? A weakness is the programme's where a factor is red in so large a share of the accounts scored on it
-- (setting programme_problem_share), or where the red ones carry that share of the revenue; it is one account's where
-- so many of its factors are red (setting reds_serious).
create macro is_programme_problem(red, known, red_revenue_share, share) as
    known > 0 and red > 0 and (red >= known * share or coalesce(red_revenue_share, 0) >= share);
create macro is_account_problem(red) as red >= (select reds_serious from rule);
