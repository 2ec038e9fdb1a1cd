-- Each site is a database of its own, salus_<site>, which the server creates when the site is first opened.
GRANT ALL PRIVILEGES ON `salus\_%`.* TO 'salus'@'%';
