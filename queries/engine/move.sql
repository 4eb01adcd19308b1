insert into scenario values (?, ?, ?, nullif(?, ''), nullif(?, ''));
