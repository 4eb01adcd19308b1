-- What do index, light, freshness, confidence and a move mean? Macros that every view of scores uses.

create macro index_of(score, scale_max) as 100 * score / scale_max;

create macro light_of(index, red_below, green_from) as
    case when index is null then 'unknown' when index < red_below then 'red' when index < green_from then 'amber' else 'green' end;

-- both limits are inclusive and the factor's own; an expired score counts as missing
create macro freshness_of(days, fresh_days, expire_days) as
    case when days <= fresh_days then 'fresh' when days <= expire_days then 'ageing' else 'expired' end;

-- high: evidence, and an assessor who is not the account's own manager; medium: one of the two; low: neither
create macro confidence_of(has_evidence, independent) as
    case has_evidence::integer + independent::integer when 2 then 'high' when 1 then 'medium' else 'low' end;

-- a move smaller than `flat_points` is flat; null without a valid score at both dates
create macro move_of(change, flat_points) as
    case when change >= flat_points then 'rose' when change <= -flat_points then 'fell' when change is not null then 'flat' end;

-- weighted mean of the valid indices; null under half of the weight
create macro weighted_index(index, weight) as
    case when exact_sum(case when index is not null then weight end) >= exact_sum(weight) / 2
        then exact_sum(weight * index) / nullif(exact_sum(case when index is not null then weight end), 0) end;

-- Column or row? A weakness is the programme's where a factor is red in a quarter of the accounts scored on it, or
-- where the red ones carry a quarter of the revenue; it is one account's where three or more of its factors are red.
create macro is_programme_problem(red, known, red_revenue_share) as
    known > 0 and red > 0 and (red >= known / 4 or coalesce(red_revenue_share, 0) >= 0.25);
create macro is_account_problem(red) as red >= 3;
