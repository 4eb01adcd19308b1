-- Where does the file say this of the contact?
-- also explains: account_contacts.name, account_contacts.role, account_contacts.level, account_contacts.stance
-- also explains: account_contacts.advisory_board
-- also explains: account_contacts.last_touch_on

with held as (from stakeholder h join (select account_id as asked_id, measure, item from asked) q
    on h.account_id = q.asked_id and h.name = q.item and h.active),
lines as (
    select unnest([
        explained_value(upper(measure[1]) || replace(measure[2:], '_', ' '), case measure when 'level' then level
            when 'stance' then stance end,
            case when measure in ('level', 'stance') then 'integer' else 'text' end, case measure when 'role' then role
                when 'advisory_board'
            then case when advisory_board then 'a seat on the advisory board' else 'no seat on the advisory board' end
                else name end),
        explained_rule(
            'A fact of the file; the last touch is the latest done activity with this contact, by whomever.'),
        explained_input(1, name, level, 'integer', 'level, ' || role
            || coalesce(', stance ' || format('{:+d}', stance), ''), null, at_row('stakeholder', source_row))
        ], recursive := true)
    from held
    union all
    (select unnest([explained_input(2, 'Touch: ' || v.label, null, 'text', coalesce(p.name, 'nobody named'),
        v.occurred_on, at_row('activity', v.source_row))],
        recursive := true)
    from held h join done_activity v on v.stakeholder_id = h.stakeholder_id and v.account_id = h.account_id left
        join person p on p.person_id = v.person_id
    order by v.occurred_on desc, v.source_row limit 5))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
