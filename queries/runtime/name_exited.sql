insert into exited_named values (true);
