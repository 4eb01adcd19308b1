insert into asked values (?, ?, ?);
