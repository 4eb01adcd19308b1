-- Why does the portfolio stand like this on sponsors?
-- Over 80 lines because every figure has its own sentence.
-- also explains: sponsorship_summary.accounts, sponsorship_summary.revenue, sponsorship_summary.profit
-- also explains: sponsorship_summary.without_accounts
-- also explains: sponsorship_summary.without_revenue, sponsorship_summary.one_side_accounts
-- also explains: sponsorship_summary.internal_covered
-- also explains: sponsorship_summary.internal_revenue, sponsorship_summary.external_covered
-- also explains: sponsorship_summary.external_revenue
-- also explains: sponsorship_summary.fully_covered, sponsorship_summary.full_revenue, sponsorship_summary.full_profit
-- also explains: sponsorship_summary.uncovered_sides
-- also explains: sponsorship_summary.stale_sides, sponsorship_summary.new_sides, sponsorship_summary.negotiations
-- also explains: sponsorship_summary.negotiations_exposed
-- also explains: sponsorship_summary.top_evidence, sponsorship_summary.leaders, sponsorship_summary.leaders_warn
-- also explains: sponsorship_summary.leaders_over
-- also explains: sponsorship_summary.leaders_ending, sponsorship_summary.leaders_silent, sponsorship_summary.leaver
-- also explains: sponsorship_summary.leaver_accounts
-- also explains: sponsorship_summary.leaver_revenue, sponsorship_summary.double_sponsored
-- also explains: sponsorship_summary.double_revenue
-- also explains: sponsorship_summary.unknown_sides, sponsorship_summary.uncovered_revenue_share
-- also explains: sponsorship_summary.named_share, sponsorship_summary.leaver_names
-- also explains: sponsorship_summary.unknown_revenue_accounts

with said (figure, kind, words) as (values
    ('accounts', 'integer', 'Chosen accounts.'), ('revenue', 'money', 'Revenue of the chosen accounts.'),
        ('profit', 'money', 'Profit of the chosen accounts where it is known.'),
    ('without_accounts', 'integer', 'Accounts with neither side covered or new.'),
        ('without_revenue', 'money', 'Revenue of accounts with neither side covered or new.'),
    ('one_side_accounts', 'integer', 'Accounts with one side open or silent.'),
        ('internal_covered', 'integer', 'Accounts covered inside.'),
    ('internal_revenue', 'money', 'Revenue of accounts covered inside.'),
        ('external_covered', 'integer', 'Accounts covered at customer.'),
    ('external_revenue', 'money', 'Revenue of accounts covered at customer.'),
        ('fully_covered', 'integer', 'Accounts with both sides covered.'),
    ('double_sponsored', 'integer',
        'Accounts with both sides covered by two different independent people: neither the manager, nor '
        || 'the manager''s own boss, nor from sales.'),
    ('double_revenue', 'money', 'Revenue of accounts covered by two different independent people.'),
    ('unknown_revenue_accounts', 'integer', 'Chosen accounts of the programme whose revenue is not known: they are in '
        || 'no share of revenue.'),
    ('unknown_sides', 'integer', 'Sides whose cover cannot be told: no touch of any sponsor is known.'),
    ('uncovered_revenue_share', 'share',
        'Revenue of accounts with neither side covered or new, divided by the revenue of all chosen accounts of the '
        || 'programme.'),
    ('named_share', 'share', 'Share of the done activities at accounts that name a known person.'),
    ('full_revenue', 'money', 'Revenue of accounts with both sides covered.'),
        ('full_profit', 'money', 'Known profit of accounts with both sides covered.'),
    ('uncovered_sides', 'integer', 'Sides without anybody assigned.'),
        ('stale_sides', 'integer', 'Sides whose last touch is older than their cadence.'),
    ('new_sides', 'integer', 'Sides just assigned and not yet touched.'),
        ('negotiations', 'integer', 'Accounts with a year-end negotiation ahead: one is planned, or it is the last '
            || 'quarter of the year and none was held in it.'),
    ('negotiations_exposed', 'integer', 'Of the accounts with a year-end negotiation ahead those whose side at '
        || 'customer is open or silent, and no planned one names a leader.'),
        ('top_evidence', 'index', 'Mean evidence index of the factor TOP.'),
    ('leaders', 'integer', 'People assigned to a chosen account.'),
        ('leaders_warn', 'integer', 'Leaders with more accounts than the load to warn of.'),
    ('leaders_over', 'integer', 'Leaders with more accounts than the highest load.'),
        ('leaders_ending', 'integer', 'Leaders who are the only sponsor of a side and end soon.'),
    ('leaders_silent', 'integer', 'Leaders with no side on time, where touches are known.'),
        ('leaver_accounts', 'integer', 'Accounts that lose cover with the leader who is missed most.'),
    ('leaver_revenue', 'money', 'Revenue that loses cover with the leader who is missed most.')),
answers as (unpivot (select columns(* exclude (leaver, leaver_names))::double from panel_sponsorship_summary)
    on columns(*) into name figure value amount),
sides as (
    select s.*, a.name, f.revenue, row_number()
        over (order by f.revenue desc nulls last, s.account_id, s.side desc) as place
    from account_side s join programme_selection using (account_id) join account a using (account_id)
        join account_figures f using (account_id) where s.status <> 'covered'),
lines as (
    select unnest([
        explained_value(figure_text(d.figure), v.amount, d.kind),
        explained_rule(d.words || ' Covered: assigned, and touched within the cadence.')
        ], recursive := true)
    from asked q join said d on d.figure = case when q.measure in ('leaver', 'leaver_names')
        then 'leaver_revenue' else q.measure end left
        join answers v on v.figure = d.figure
    union all
    select unnest([explained_lift('Cover ' || name || ' ' || side_text(side), revenue, 'money',
        'the largest side not covered: ' || status_text(status))], recursive := true) from sides where place = 1
    union all
    select unnest([explained_input(place, name || ', ' || side_text(side), revenue, 'money',
        coalesce(status_text(status), 'not judged')
        || coalesce(', ' || sponsor, ''), last_touch_on)], recursive := true) from sides where place <= 12)

select part, label, value, kind, words, on_date, source from lines where part is not null
order by place, on_date desc nulls last, label, source;
