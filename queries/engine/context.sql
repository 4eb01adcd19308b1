select as_of, since, since_label, basis, time_window, window_start, window_end, currency, last_figures, has_figures, rates from context;
