-- Why is this indicator met, or not?
-- also explains: factor_evidence.value, factor_evidence.threshold, factor_evidence.met, factor_evidence.source
-- also explains: factor_evidence.code

with lines as (
    select unnest([
        explained_value(i.code || ' ' || replace(i.indicator, '_', ' '), i.value, 'number', case when i.met is null
            then 'unknown' when i.met then 'met' else 'not met' end),
        explained_rule(coalesce(d.what || ' (now ' || d.value || ')', 'A yes or a no: 1 or 0') || '. Met at ' || case
            when i.at_most then 'most ' else 'least ' end || plain_number(i.threshold)
            || '; unknown where an input is empty, or its table empty in the whole file.'),
        case when i.met = false then explained_lift(case when i.at_most then 'At most' else 'At least' end, i.threshold,
            'number',
            'then the indicator is met and the evidence index is '
                || plain_number(round(100.0 * (s.met + 1) / s.told, 1))) end,
        explained_input(1, 'Value', i.value, 'number', null, null, fact_source(coalesce(r.words, i.source))),
            explained_input(2, 'Threshold', i.threshold, 'number', d.key),
        explained_input(3, 'Evidence index of ' || i.code, s.evidence_index, 'index', s.met || ' of ' || s.told
            || ' told are met')
        ], recursive := true)
    from account_indicator i join asked using (account_id) join score_lift s on s.account_id = i.account_id
        and s.code = i.code
    left join indicator_rows() r on r.account_id = i.account_id and r.indicator = i.indicator
    left join indicator_setting k on k.indicator = i.indicator
    left join (select f.key, f.value, t.what from setting_in_force f join setting_default t using (key)) d
        on d.key = coalesce(k.key, 'indicator_' || i.indicator)
    where i.indicator = asked.item)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
