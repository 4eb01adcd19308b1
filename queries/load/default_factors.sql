-- Which six success factors does kaptui ship? Used where the source has none of its own.
create view default_factor as
select * from (values
    (1, 'TOP', 'Anchored at the top',
        'Double sponsorship: leaders promote the programme inside, and stand beside the account manager at the '
            || 'customer', 'article'),
    (2, 'QUA', 'Quality over quantity',
        'Profit before revenue: margin, value-based price instead of cost-plus, multi-year co-innovation programmes, '
            || 'pay tied to profit', 'article'),
    (3, 'LON', 'Long horizon, living plan',
        'Plans reach beyond the year, have measures, and are reviewed; no short-termism', 'proposed'),
    (4, 'TEA', 'Team and customer in the plan',
        'Functions beside sales own actions; the customer shares the plan and attends reviews', 'proposed'),
    (5, 'KAM', 'Real account managers', 'Chosen, trained, stable, not overloaded, paid for profit', 'proposed'),
    (6, 'SEL', 'Rigorous selection',
        'Accounts are in the programme by a dated score and a yearly keep-or-exit decision', 'proposed'))
    as factor (factor_id, code, name, asks, provenance);
