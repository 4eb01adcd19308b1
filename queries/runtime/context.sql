select
    as_of, since, since_label, basis, time_window, window_start, window_end, currency, last_figures, has_figures, rates,
    first_booked, window_months, months_known_before, months_unbooked,
    case when basis_by_default and basis = 'gross' and some_cost_to_serve
        then cost_to_serve_share end as cost_to_serve_share,
    red_below, green_from, reds_serious, thread_single, thread_broad
from context cross join rule;
