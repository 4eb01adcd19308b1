-- Where does the file say this of the person?
-- also explains: person_id, function, level, sponsor_load.function, sponsor_load.level, leaders.name, leaders.active

with lines as (
    select unnest([
        explained_value(upper(q.measure[1]) || replace(q.measure[2:], '_', ' '), case q.measure when 'level'
            then p.level end, case q.measure when 'level' then 'integer' else 'text' end,
            case q.measure when 'level' then 'of 5, the executive committee' when 'function'
                then coalesce(p.function, 'empty') when 'active' then
            case when p.active then 'active' else 'has left' end else p.name end),
        explained_rule('A fact of the file, not a computed number.'),
        explained_input(1, p.name, p.level, 'integer', 'level' || coalesce(', ' || p.function, '') || case when p.active
            then '' else ', has left' end, p.trained_on,
            at_row('person', p.source_row)),
        case when b.person_id is not null then explained_input(2, 'Reports to', null, 'text', b.name, null,
            at_row('person', b.source_row)) end
        ], recursive := true)
    from asked q join person p on p.person_id = q.item left join person b on b.person_id = p.line_manager_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
