-- Why are so many factors of this account known?
-- also explains: account_profile.factors

with lines as (
    select unnest([
        explained_value('Factors known', s.factors_known, 'integer', 'of ' || s.factors),
        explained_rule('Factors with an assessment that has not expired at ' || day_text(c.as_of)
            || '; how long one holds is the factor''s own.'),
        case when s.factors_known = s.factors then explained_note('All are known.') end
        ], recursive := true)
    from account_score s join asked using (account_id) cross join context c
    union all
    (select unnest([explained_lift('Assess ' || code, s.factors_known + 1, 'integer', 'then ' || s.factors_known + 1
        || ' of ' || s.factors || ' are known')],
        recursive := true)
    from score_lift l join asked using (account_id) join account_score s using (account_id)
    where l.valid_index is null order by l.weight desc, l.factor_id limit 1)
    union all from factor_lines)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
