-- Why was the programme promoted so often in that quarter?
-- also explains: programme_promotion.activities, programme_promotion.kind, programme_promotion.quarter
-- also explains: programme_promotion.total

with wanted as (
    select item_part(item, 1) as quarter, case when measure in ('activities', 'kind', 'quarter', 'total')
        then nullif(item_part(item, 2), '')
        else measure end as kind from asked),
lines as (
    select unnest([
        explained_value(coalesce(replace(w.kind, '_', ' '), 'All kinds') || ', ' || w.quarter,
            coalesce((select sum(s.activities) from panel_programme_promotion s
            where s.quarter = w.quarter and (w.kind is null or s.kind = w.kind)), 0), 'integer'),
        explained_rule('Done activities inside, without an account: they promote the whole programme.'),
        explained_lift('One more activity', null, 'text',
            'done inside in the quarter, without an account')
        ], recursive := true)
    from wanted w
    union all
    select unnest([explained_input(1, v.label, null, 'text', coalesce(v.note, p.name, 'nobody named'), v.occurred_on,
        at_row('activity', v.source_row))],
        recursive := true)
    from wanted w join done_activity v on v.account_id is null and v.side = 'internal'
        and (w.kind is null or v.kind = w.kind)
        and year(v.occurred_on) || ' Q' || quarter(v.occurred_on) = w.quarter
    left join person p on p.person_id = v.person_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
