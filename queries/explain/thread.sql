-- Why is this account's contact thread single, thin or broad?
-- also explains: only_contact, contact_threads.last_touch_on, contacts_touched, executives_touched, own_people

with touched as (
    select h.stakeholder_id, h.name, h.role, h.level, h.source_row, max(v.occurred_on) as last_on,
        list(v.source_row) as rows,
        string_agg(distinct p.name, ', ' order by p.name) as by_whom
    from asked q join done_activity v on v.account_id = q.account_id cross join context c cross join rule r
    join stakeholder h on h.stakeholder_id = v.stakeholder_id and h.account_id = v.account_id and h.active
    left join person p on p.person_id = v.person_id
    where c.as_of - v.occurred_on <= r.thread_days group by all),
lines as (
    select unnest([
        explained_value('Thread', null, 'text', t.thread || ': ' || count_text(t.contacts_touched, 'contact') || ', '
            || count_text(t.executives_touched, 'executive')),
        explained_rule('Distinct active contacts in done activities of the last ' || r.thread_days
            || ' days. Single: at most ' || r.thread_single || '. Broad: ' || r.thread_broad
                || ' or more with an executive (level 5). Else thin.'),
        case t.thread when 'single' then explained_lift('Contacts to touch', r.thread_single + 1 - t.contacts_touched,
            'integer', 'then the thread is thin')
            when 'thin' then explained_lift('Contacts to touch',
                greatest(r.thread_broad - t.contacts_touched, (t.executives_touched = 0)::integer), 'integer',
                case when t.executives_touched = 0 then 'one of them an executive: ' else '' end
                    || 'then the thread is broad') else explained_note('The broadest.') end,
        explained_input(1, 'Own people in them', t.own_people, 'integer'),
        case when not has_rows.activity or not has_rows.stakeholder
            then explained_note('This file holds no activities or no contacts: the thread says nothing.') end
        ], recursive := true)
    from account_thread t join asked using (account_id) cross join rule r cross join has_rows
    union all
    select unnest([explained_input(2, name, level, 'integer', 'level, ' || role || ', by '
        || coalesce(by_whom, 'nobody named'), last_on,
        at_row('stakeholder', source_row) || '; ' || (select at_rows('activity', x) from (select unnest(rows) as x)))],
            recursive := true) from touched
    union all
    (select unnest([explained_input(3, h.name, h.level, 'integer', 'level, ' || h.role || ', not touched', null,
        at_row('stakeholder', h.source_row))], recursive := true)
    from stakeholder h join asked using (account_id) where h.active
        and h.stakeholder_id not in (select stakeholder_id from touched)
    order by h.level desc nulls last, h.stakeholder_id limit 3))

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
