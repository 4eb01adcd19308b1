-- Why does this account have this success index?
-- also explains: previous_index

with best as (
    from score_lift join asked using (account_id) where index_gain > 0 order by index_gain desc, index,
        factor_id limit 1),
unknown as (
    select code, sum(weight) over (order by weight desc, factor_id) as reached, weight, known_weight, all_weight
    from score_lift join asked using (account_id) where valid_index is null and weight > 0),
lines as (
    select unnest([
        explained_value('Success index', s.index, 'index', s.factors_known || ' of ' || s.factors || ' factors known, '
            || light_of(s.index, r.red_below, r.green_from)),
        explained_rule(
            'Mean of the factor indices, weighted, over the factors with a valid score; none while less than half of '
            || 'the weight is known. '
            || 'Red below ' || plain_number(r.red_below) || ', green from ' || plain_number(r.green_from) || '.'),
        case when s.index < r.red_below then explained_note(plain_number(round(r.red_below - s.index, 1))
            || ' points to amber')
            when s.index < r.green_from then explained_note(plain_number(round(r.green_from - s.index, 1))
                || ' points to green') end
        ], recursive := true)
    from account_score s join asked using (account_id) cross join rule r
    union all
    select unnest([explained_lift(code || ' one level up, ' || plain_number(score) || ' to '
        || plain_number(next_score), account_index + index_gain, 'index',
        'then the index is ' || plain_number(round(account_index + index_gain, 1))
            || ': the level that moves it most')], recursive := true) from best
    union all
    select unnest([explained_lift('Assess ' || string_agg(code, ', ' order by reached), count(*), 'integer',
        'then half of the weight is known')],
        recursive := true)
    from unknown where known_weight < all_weight / 2
        and known_weight + reached - weight < all_weight / 2 having count(*) > 0
    union all from factor_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
