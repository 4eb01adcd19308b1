-- Why was the programme promoted so often in that quarter?
-- also explains: programme_promotion.activities, programme_promotion.kind, programme_promotion.quarter
-- needs model/further/why.sql
-- reads panels/programme_promotion.sql

with lines as (
    select unnest([
        shown(replace(s.kind, '_', ' ') || ', ' || s.quarter, s.activities, 'integer'),
        ruled('Done activities of the internal side without an account: they promote the whole programme.'),
        lifted('One more of this kind', s.activities + 1, 'integer', 'done in the quarter, without an account')
        ], recursive := true)
    from asked q join shown_programme_promotion s on s.quarter = split_part(q.item, '|', 1) and s.kind = split_part(q.item, '|', 2)
    union all
    select unnest([given(1, replace(v.kind, '_', ' '), null, 'text', coalesce(v.note, p.name, 'nobody named'), v.occurred_on, at_row('activity', v.source_row))],
        recursive := true)
    from asked q join done_activity v on v.account_id is null and v.side = 'internal' and v.kind = split_part(q.item, '|', 2)
        and year(v.occurred_on) || ' Q' || quarter(v.occurred_on) = split_part(q.item, '|', 1)
    left join person p on p.person_id = v.person_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
