# Creates a SQL-Ledger data set by the program's own code, and its user.
# Run in the program's folder: perl sqlledger_dataset.pl DATABASE COMPANY PGPORT DBUSER DBPASSWORD LOGINPASSWORD
use strict;
use warnings;
use lib '.';
use DBI;
our ($userspath, $memberfile);
require './sql-ledger.conf';
require SL::Form;
require SL::User;

my ($database, $company, $port, $dbuser, $dbpassword, $password) = @ARGV;
my $form = bless {
    dbdriver => 'Pg', dbhost => '127.0.0.1', dbport => $port, dbuser => $dbuser, dbpasswd => $dbpassword,
    dbdefault => 'template1', db => $database, company => $company,
    encoding => 'UTF8', charset => 'UTF8', chart => 'Default',
}, 'Form';
User->dbcreate($form);

chomp(my $packed = pack 'u', $dbpassword);
my %user = (
    company => $company, name => 'Test Clerk', charset => 'UTF8', templates => $database,
    dbdriver => 'Pg', dbhost => '127.0.0.1', dbport => $port, dbname => $database, dbuser => $dbuser,
    dbpasswd => $packed, dbconnect => $form->{dbconnect},
    dboptions => "set DateStyle to 'ISO';set client_encoding to 'UTF8'",
    dateformat => 'yyyy-mm-dd', numberformat => '1,000.00', stylesheet => 'sql-ledger.css',
    vclimit => 1000, menuwidth => 155, timeout => 86400, password => crypt($password, 'ad'),
);
open my $members, '>', $memberfile or die "$memberfile: $!";
print {$members} "[root login]\npassword=" . crypt('root-test-only', 'ro') . "\n\n[admin\@$database]\n";
print {$members} "$_=$user{$_}\n" for sort keys %user;
print {$members} "\n";  # the program reads a section up to a blank line
close $members or die $!;
