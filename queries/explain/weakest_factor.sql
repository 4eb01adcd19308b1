-- Why is this the account's weakest factor?
-- also explains: weakest

with ranked as (
    select *, row_number() over (order by valid_index, factor_id) as place, lead(valid_index)
        over (order by valid_index, factor_id) as next_lowest,
        lead(factor_id) over (order by valid_index, factor_id) as next_id,
        lead(code) over (order by valid_index, factor_id) as next_code
    from score_lift join asked using (account_id) where valid_index is not null),
stepped as (
    select *, round((next_lowest - index) * scale_max / 100, 9) as missing,
        case when factor_id > next_id then greatest(1, ceil(missing)) else floor(missing) + 1 end as levels
    from ranked where place = 1),
lines as (
    select unnest([
        explained_value('Weakest factor', null, 'text', coalesce(s.weakest, 'none')),
        explained_rule('The factor with the lowest valid index; of several the first in the company''s list.'),
        case when s.weakest is null then explained_note('No factor has a valid score.') end
        ], recursive := true)
    from account_score s join asked using (account_id)
    union all
    select unnest([case when score + levels <= scale_max
        then explained_lift(code || ' ' || count_text(levels::integer, 'level') || ' up, to '
        || plain_number(score + levels),
        index_of(score + levels, scale_max), 'index', 'then ' || next_code || ' is the weakest') end],
            recursive := true) from stepped
    union all from factor_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
