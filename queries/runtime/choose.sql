insert into choice values ($today, $as_of, $since, $basis, $time_window, $rates);
