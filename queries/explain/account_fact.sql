-- Where does the file say this of the account?
-- also explains: account_id, name, tier, region, industry, manager, accounts.status, status

with lines as (
    select unnest([
        explained_value(upper(q.measure[1]) || q.measure[2:], case q.measure when 'tier' then a.tier end, case q.measure
            when 'tier' then 'integer' else 'text' end,
            case q.measure when 'tier' then null when 'region' then coalesce(a.region, 'empty') when 'industry'
                then coalesce(a.industry, 'empty')
            when 'manager' then coalesce(m.name, a.manager_id, 'nobody') when 'status' then a.status else a.name end),
        explained_rule('A fact of the file, not a computed number.'),
        explained_input(1, 'Account ' || a.account_id, null, 'text', a.status || ', tier ' || a.tier
            || coalesce(', ' || a.region, ''), a.selected_on, at_row('account', a.source_row)),
        case when a.manager_id is not null then explained_input(2, 'Manager', null, 'text',
            coalesce(m.name, a.manager_id), a.manager_since, at_row('person', m.source_row)) end
        ], recursive := true)
    from account a join asked q using (account_id) left join person m on m.person_id = a.manager_id)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
