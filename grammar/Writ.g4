// The syntax of Writ. What the words mean is in docs/language.md.
//
// Three decisions of this grammar:
// * Layout has no meaning. A clause begins with its keyword, so that keywords are reserved where a bare name may stand (`name`), and free
//   everywhere else (`word`).
// * An expression is a flat sequence of operands and operators. Precedence is the table in engine/syntax/operators.cc. One level of
//   parentheses then costs three stack frames instead of one for every level of precedence, a long chain costs none, and each
//   decision needs a token or two, so that prediction is quick and a mistake is found on the token where it stands.
// * There is no error recovery in here: the parser stops at the first mistake of an item, and engine/syntax/recover.cc mends
//   the tokens and asks again. HOLE is what it puts in the place of a broken expression; no text produces it.
grammar Writ;

tokens { HOLE }

file : ( packageDecl | importDecl | item )* EOF ;

packageDecl : PACKAGE packagePath ;
importDecl  : IMPORT packagePath ;
packagePath : word ( DOT word )* ;

item
  : packDecl | unitDecl | currencyDecl | kindsDecl | enumDecl | recordDecl | factsDecl | instrumentDecl | roleDecl | groupDecl | scopeDecl
  | termDecl | setDecl | tableDecl | suppliedDecl | calendarDecl | classifyDecl | ruleDecl | exceptionDecl | transitionalDecl
  | amendDecl | portfolioDecl | testDecl
  ;

// ---- packs and the vocabulary ------------------------------------------------------------------------------------------

packDecl   : PACK packagePath STRING? LBRACE packClause* RBRACE ;
packClause : VERSION STRING | LANGUAGE NUMBER | LAW CHECKED UNTIL DATE | LICENCE STRING | DESCRIPTION STRING ;

unitDecl     : UNIT unitName STRING? ( ASSIGN scale? unit STRING? )? ;
currencyDecl : CURRENCY word ( COMMA word )* ;
kindsDecl    : KINDS word ( COMMA word )* ;

enumDecl   : ENUM name STRING? LBRACE ( enumMember COMMA? )* RBRACE ;
enumMember : word STRING? ;

recordDecl  : RECORD name STRING? ( KEY word )? LBRACE field* RBRACE ;
factsDecl   : FACTS STRING? LBRACE field* RBRACE ;
field       : word COLON modifier* type STRING? fieldClause* ;
modifier    : OPTIONAL | DATED | EVENT ;
fieldClause : ASK STRING | FROM texts | PROVISION STRING | FORMERLY word ;

type
  : SET OF plainType
  | MAP LBRACK plainType RBRACK OF ( SET OF )? plainType
  | LIST OF typeName
  | REFERENCE TO typeName
  | plainType
  ;
plainType : QUANTITY LBRACK unit RBRACK | typeName ;
typeName  : plainName ( DOT word )* ;

// ---- law ---------------------------------------------------------------------------------------------------------------

instrumentDecl   : INSTRUMENT instrumentName STRING? LBRACE instrumentClause* RBRACE ;
instrumentClause
  : JURISDICTION word | PUBLISHED DATE | ENTERED INTO FORCE DATE | URL STRING | PROVISION STRING ( ( OUTSIDE | JUDGED ) STRING )? ;
instrumentName   : name | COUNTRY ;

cites    : CITES citation ( COMMA citation )* ;
citation : instrumentName STRING ;

roleDecl  : ROLE name ( OF param )? STRING? cites? ( means unless* )? ;
groupDecl : GROUP name STRING? cites? ;

scopeDecl : SCOPE name OF instrumentName STRING? cites? means unless* ;
termDecl  : TERM name params? ( COLON type )? STRING? cites? ( means | reading+ ) unless* ;
params    : LPAREN param ( COMMA param )* RPAREN ;
param     : name COLON type ;
means     : MEANS expr ;
reading   : READING name STRING? cites? means ;
unless    : UNLESS STRING? expr cites? butNot* ;
butNot    : BUT NOT WHEN expr cites? ;

setDecl   : SET name OF type STRING? cites? known? ( LBRACE ( setEntry COMMA? )* RBRACE | ASSIGN expr ) ;
setEntry  : setMember ( INCLUDING setMember ( COMMA setMember )* )? period? published? ;
setMember : name | COUNTRY | STRING ;
known     : KNOWN ( FROM DATE ( UNTIL DATE )? | UNTIL DATE ) ;
period    : FROM DATE ( UNTIL DATE | BEFORE DATE )? | UNTIL DATE | BEFORE DATE ;
published : PUBLISHED DATE ;

tableDecl     : TABLE name params COLON type STRING? cites? known? LBRACE tableRow* tableDefault? RBRACE ;
tableRow      : constant ( COMMA constant )* GIVES tableValue period? published? ;
tableDefault  : OTHERWISE tableValue ;
tableValue    : DASH? operand ;
constant      : name | COUNTRY | STRING | DATE | INSTANT | TRUE | FALSE | number ;

// What the user brings: the rows stand in a file of their own.
suppliedDecl : SUPPLIED ( SET name OF type | TABLE name columns COLON type ) STRING? cites? ;
columns      : LPAREN column ( COMMA column )* RPAREN ;
column       : word COLON type ;

calendarDecl   : CALENDAR name STRING? cites? known? LBRACE calendarClause* RBRACE ;
calendarClause : WEEKEND word ( COMMA word )* | HOLIDAY holiday ( COMMA holiday )* ;
holiday        : DATE STRING? ;

classifyDecl  : CLASSIFY name params? STRING? ( WITHIN path | cites )* LBRACE ( order | branch )* RBRACE ;
order         : ORDER member ( GT member )* ;
branch        : member ( WHEN expr | OTHERWISE ) ;

ruleDecl : RULE name STRING? LBRACE ruleClause* RBRACE ;
ruleClause
  : cites
  | GROUP paths
  | SCOPE path
  | BINDS paths
  | effective
  | forEach
  | JUDGED ON expr
  | APPLIES WHEN expr
  | requirement
  | SEVERITY word
  | penalty
  | presumption
  | published
  | REMEDY STRING
  | STATUS word
  | SOURCES texts
  | AUTHOR STRING
  | REVIEWER STRING
  | NOTE STRING
  | NOT WAIVABLE
  ;
effective         : EFFECTIVE ( NEVER | effectiveSpan ( COMMA effectiveSpan )* ) ;
effectiveSpan     : FROM DATE ( UNTIL DATE | BEFORE DATE )? ( UNCERTAIN STRING )? ( WHEN expr )? ;
forEach           : FOR EACH name IN list ( WHERE expr )? ;
requirement       : ( REQUIRES | FORBIDS ) ( word COLON )? expr ( LBRACE requirementClause* RBRACE )? ;
requirementClause : cites | SEVERITY word | REMEDY STRING | NOTE STRING | presumption ;
penalty           : PENALTY citation STRING? ( COLON expr ( WHEN expr )? )? ;
// A `cites` or `when` that follows is the presumption's.
presumption       : PRESUME operand ASSIGN expr ( WHEN expr )? cites? ;

exceptionDecl    : EXCEPTION name STRING? TO paths ( FOR EACH name )? LBRACE exceptionClause* RBRACE ;
transitionalDecl : TRANSITIONAL name STRING? TO paths ( FOR EACH name )? LBRACE exceptionClause* RBRACE ;
// Here `when` is always the condition of the exception, so that its dates bear none of their own.
exceptionClause
  : cites
  | WHEN expr
  | butNot
  | effectiveDays
  | REQUIRES INSTEAD expr
  | EXEMPTS
  | YIELDS TO paths
  | PREVAILS OVER paths
  | presumption
  | published
  ;
effectiveDays    : EFFECTIVE daysSpan ( COMMA daysSpan )* ;
daysSpan         : FROM DATE ( UNTIL DATE | BEFORE DATE )? ( UNCERTAIN STRING )? ;

// ---- law that changes, and rules over many documents -------------------------------------------------------------------

amendDecl : AMEND instrumentName BY instrumentName STRING? PUBLISHED DATE ( SEQUENCE NUMBER )? cites? LBRACE ( amendment | insertion )* RBRACE ;
amendment
  : paths effective cites?
  | REPLACE replaced word? OF paths period? WITH expr cites?
  | REPEAL paths period? cites?
  | SUSPEND paths period? cites?
  | INSERT INTO path LBRACE inserted* RBRACE cites?
  ;
replaced  : REQUIRES | FORBIDS | APPLIES | WHERE | WHEN | MEANS | SEVERITY | REMEDY ;
// Entries of a set and rows of a table begin alike, so that one rule reads both; which it was is known at its end.
inserted  : constant ( COMMA constant )* ( GIVES tableValue | INCLUDING setMember ( COMMA setMember )* )? period? COMMA? ;
insertion
  : INSERT
    ( roleDecl | groupDecl | scopeDecl | termDecl | setDecl | tableDecl | suppliedDecl | calendarDecl | classifyDecl | ruleDecl
    | exceptionDecl | transitionalDecl | portfolioDecl )
  ;

portfolioDecl : PORTFOLIO RULE name STRING? OVER name IN word LBRACE portfolioClause* RBRACE ;
portfolioClause
  : cites
  | SCOPE path
  | BINDS paths
  | effective
  | WHERE expr
  | GROUP BY expr
  | WEIGH expr
  | requirement
  | SEVERITY word
  | penalty
  | REMEDY STRING
  | STATUS word
  | SOURCES texts
  | AUTHOR STRING
  | REVIEWER STRING
  | NOTE STRING
  | NOT WAIVABLE
  ;

// ---- tests -------------------------------------------------------------------------------------------------------------

testDecl    : TEST STRING LBRACE testClause* RBRACE ;
testClause  : GIVEN ( STRING | factBlock )? ( WITH factAssign ( COMMA factAssign )* )? ( WITHOUT factPath ( COMMA factPath )* )?
            | GIVEN INVENTORY STRING
            | ON DATE
            | KNOWN AT DATE
            | READING path ASSIGN word
            | EXPECT EXACTLY? expectation ( FOR STRING | DUE DATE )*
            ;
factBlock   : LBRACE ( factAssign ( COMMA factAssign )* COMMA? )? RBRACE ;
factAssign  : factPath ASSIGN factValue ;
factPath    : factKey ( DOT factKey )* ;
factKey     : word | STRING ;
factValue   : ABSENT | factUnknown | factList | factRecord | factSet | scalar ;
factUnknown : UNKNOWN ( LPAREN word RPAREN )? ;
factList    : LBRACK ( factValue ( COMMA factValue )* COMMA? )? RBRACK ;
factSet     : LBRACE ( factValue ( COMMA factValue )* COMMA? )? RBRACE ;
factRecord  : LBRACE factField ( COMMA factField )* COMMA? RBRACE ;
factField   : factKey COLON factValue ;
scalar      : DASH? number | DATE | INSTANT | STRING | TRUE | FALSE | COUNTRY | scalarWord ;
scalarWord  : NAME | plainSoft | softType | operatorWord | reserved ;
expectation : NOT ( APPLICABLE | EFFECTIVE | YET DUE ) paths | path ( ASSIGN word | paths ) ;

// ---- expressions -------------------------------------------------------------------------------------------------------

// A quantifier takes everything to its right, so that nothing can follow it.
expr   : prefix* ( quantifier | operand ( test | binary prefix* operand )* ( binary prefix* quantifier )? ) ;
prefix : NOT | DASH ;
test   : IS ( PRESENT | ABSENT | ANSWERED | EVIDENCED age? ) | within | BY operand ;
within : WITHIN operand ( WORKING NAME )? OF operand ( IN path )? ;
age    : NO OLDER THAN operand ;
binary
  : OR | AND
  | EQ | NE | LT | LE | GT | GE | IN | NOT IN | INCLUDES ( ( ANY | ALL ) OF )? | AT LEAST
  | OTHERWISE
  | UNION | MINUS | INTERSECT
  | PLUS | DASH
  | STAR | SLASH | OF
  | ON
  ;
quantifier
  : ( SOME | EVERY | NO ) name IN list ( WHERE expr )? ( SATISFIES expr )?
  | ( COUNT | SHARE ) OF ( name IN )? list ( WHERE expr )?
  | ( SUM | MIN | MAX ) OF expr FOR name IN list ( WHERE expr )?
  ;
list    : operand ( listOperator operand )* ;
listOperator : UNION | MINUS | INTERSECT | ON ;
operand : primary ( DOT word | LBRACK expr RBRACK | arguments )* ;
arguments : LPAREN ( expr ( COMMA expr )* )? RPAREN ;
primary
  : name
  | COUNTRY
  | number
  | STRING
  | DATE
  | INSTANT
  | TRUE
  | FALSE
  | AS OF
  | LPAREN expr RPAREN
  | setLiteral
  | extreme
  | ancestors
  | judgement
  | HOLE
  ;
setLiteral : LBRACE ( expr ( COMMA expr )* )? RBRACE ;
extreme    : ( HIGHER | LOWER ) OF LPAREN expr ( COMMA expr )* RPAREN ;
ancestors  : ANCESTORS OF operand VIA word ;
judgement  : JUDGED STRING IN operand judgedPart* ;
judgedPart : age | INDEPENDENT | WORDED DATE ;

number     : scale unit? ;
scale      : NUMBER ( CARET DASH? NUMBER )? magnitude? ;
magnitude  : THOUSAND | MILLION | BILLION | TRILLION ;
unit       : unitFactor ( ( STAR | SLASH ) unitFactor )* ;
unitFactor : unitName ( CARET DASH? NUMBER )? ;
unitName   : NAME | COUNTRY | PERCENT ;

// ---- names -------------------------------------------------------------------------------------------------------------

texts : STRING ( COMMA STRING )* ;
paths : path ( COMMA path )* ;
path  : name ( DOT word )* ;

// A bare name: of an item, a variable, a member. Words that begin no clause after an expression may be names, too.
name      : plainName | softType ;
plainName : NAME | plainSoft ;
// A member of a classification: any word, but operators would read on in the condition before.
member    : NAME | COUNTRY | plainSoft | softType | valueWord | reserved ;
// Any word: after a dot, before a colon, where the place admits nothing but words.
word      : NAME | COUNTRY | plainSoft | softType | operatorWord | valueWord | reserved ;

plainSoft
  : VERSION | LANGUAGE | LAW | CHECKED | LICENCE | DESCRIPTION | JURISDICTION | PUBLISHED | ENTERED | INTO | FORCE | URL | KEY | ASK
  | PROVISION | FORMERLY | KNOWN | ORDER | EACH | PRESENT | ANSWERED | LEAST | WAIVABLE | EXACTLY | APPLICABLE | YET | DUE
  | UNCERTAIN | NEVER | EVIDENCED | OLDER | THAN | INDEPENDENT | WORDED | WORKING | VIA | OVER | INSTEAD | SEQUENCE | INVENTORY | WEEKEND
  | HOLIDAY | OUTSIDE
  ;
softType : OPTIONAL | DATED | EVENT | LIST | MAP | REFERENCE | QUANTITY ;
operatorWord
  : AND | OR | NOT | IN | INCLUDES | AT | OTHERWISE | UNION | MINUS | INTERSECT | ON | IS | BY
  ;
valueWord : TRUE | FALSE | ABSENT | UNKNOWN ;
reserved
  : PACKAGE | IMPORT | PACK | UNIT | CURRENCY | KINDS | ENUM | RECORD | FACTS | INSTRUMENT | ROLE | GROUP | SCOPE | TERM | SET | TABLE
  | CLASSIFY | RULE | EXCEPTION | TRANSITIONAL | TEST | SUPPLIED | CALENDAR | AMEND | PORTFOLIO
  | REPLACE | REPEAL | SUSPEND | INSERT | PRESUME | READING | EXEMPTS | YIELDS | PREVAILS | WEIGH | HIGHER | LOWER | ANCESTORS
  | CITES | OF | MEANS | UNLESS | BUT | WHEN | FROM | UNTIL | BEFORE | INCLUDING | GIVES | WITHIN | TO
  | BINDS | EFFECTIVE | FOR | WHERE | JUDGED | APPLIES | REQUIRES | FORBIDS | SEVERITY | PENALTY | REMEDY | STATUS | SOURCES | AUTHOR
  | REVIEWER | NOTE
  | ANY | ALL | AS | SOME | EVERY | NO | COUNT | SUM | MIN | MAX | SHARE | SATISFIES
  | THOUSAND | MILLION | BILLION | TRILLION
  | GIVEN | WITH | WITHOUT | EXPECT
  ;

// ---- tokens ------------------------------------------------------------------------------------------------------------

PACKAGE : 'package' ; IMPORT : 'import' ; PACK : 'pack' ; UNIT : 'unit' ; CURRENCY : 'currency' ; KINDS : 'kinds' ; ENUM : 'enum' ;
RECORD : 'record' ; FACTS : 'facts' ; INSTRUMENT : 'instrument' ; ROLE : 'role' ; GROUP : 'group' ; SCOPE : 'scope' ; TERM : 'term' ;
SET : 'set' ; TABLE : 'table' ; CLASSIFY : 'classify' ; RULE : 'rule' ; EXCEPTION : 'exception' ; TRANSITIONAL : 'transitional' ;
TEST : 'test' ; SUPPLIED : 'supplied' ; CALENDAR : 'calendar' ; AMEND : 'amend' ; PORTFOLIO : 'portfolio' ;

REPLACE : 'replace' ; REPEAL : 'repeal' ; SUSPEND : 'suspend' ; INSERT : 'insert' ; SEQUENCE : 'sequence' ; BY : 'by' ;
PRESUME : 'presume' ; READING : 'reading' ; EXEMPTS : 'exempts' ; YIELDS : 'yields' ; PREVAILS : 'prevails' ; OVER : 'over' ;
INSTEAD : 'instead' ; UNCERTAIN : 'uncertain' ; NEVER : 'never' ; WEIGH : 'weigh' ; WEEKEND : 'weekend' ; HOLIDAY : 'holiday' ;
WORKING : 'working' ; HIGHER : 'higher' ; LOWER : 'lower' ; ANCESTORS : 'ancestors' ; VIA : 'via' ; EVIDENCED : 'evidenced' ;
OLDER : 'older' ; THAN : 'than' ; INDEPENDENT : 'independent' ; WORDED : 'worded' ; INVENTORY : 'inventory' ; OUTSIDE : 'outside' ;

VERSION : 'version' ; LANGUAGE : 'language' ; LAW : 'law' ; CHECKED : 'checked' ; LICENCE : 'licence' ; DESCRIPTION : 'description' ;
JURISDICTION : 'jurisdiction' ; PUBLISHED : 'published' ; ENTERED : 'entered' ; INTO : 'into' ; FORCE : 'force' ; URL : 'url' ;
KEY : 'key' ; ASK : 'ask' ; PROVISION : 'provision' ; FORMERLY : 'formerly' ; OPTIONAL : 'optional' ; DATED : 'dated' ; EVENT : 'event' ;
LIST : 'list' ; MAP : 'map' ; REFERENCE : 'reference' ; QUANTITY : 'quantity' ;

CITES : 'cites' ; OF : 'of' ; MEANS : 'means' ; UNLESS : 'unless' ; BUT : 'but' ; WHEN : 'when' ; KNOWN : 'known' ; FROM : 'from' ;
UNTIL : 'until' ; BEFORE : 'before' ; INCLUDING : 'including' ; GIVES : 'gives' ; WITHIN : 'within' ; ORDER : 'order' ; TO : 'to' ;
BINDS : 'binds' ; EFFECTIVE : 'effective' ; FOR : 'for' ; EACH : 'each' ; WHERE : 'where' ; JUDGED : 'judged' ; APPLIES : 'applies' ;
REQUIRES : 'requires' ; FORBIDS : 'forbids' ; SEVERITY : 'severity' ; PENALTY : 'penalty' ; REMEDY : 'remedy' ; STATUS : 'status' ;
SOURCES : 'sources' ; AUTHOR : 'author' ; REVIEWER : 'reviewer' ; NOTE : 'note' ; WAIVABLE : 'waivable' ;

AND : 'and' ; OR : 'or' ; NOT : 'not' ; IN : 'in' ; INCLUDES : 'includes' ; ANY : 'any' ; ALL : 'all' ; AT : 'at' ; LEAST : 'least' ;
IS : 'is' ; PRESENT : 'present' ; ABSENT : 'absent' ; ANSWERED : 'answered' ; OTHERWISE : 'otherwise' ; UNION : 'union' ; MINUS : 'minus' ;
INTERSECT : 'intersect' ; ON : 'on' ; TRUE : 'true' ; FALSE : 'false' ; AS : 'as' ; SOME : 'some' ; EVERY : 'every' ; NO : 'no' ;
COUNT : 'count' ; SUM : 'sum' ; MIN : 'min' ; MAX : 'max' ; SHARE : 'share' ; SATISFIES : 'satisfies' ;
THOUSAND : 'thousand' ; MILLION : 'million' ; BILLION : 'billion' ; TRILLION : 'trillion' ;

GIVEN : 'given' ; WITH : 'with' ; WITHOUT : 'without' ; EXPECT : 'expect' ; EXACTLY : 'exactly' ; UNKNOWN : 'unknown' ;
APPLICABLE : 'applicable' ; YET : 'yet' ; DUE : 'due' ;

LBRACE : '{' ; RBRACE : '}' ; LPAREN : '(' ; RPAREN : ')' ; LBRACK : '[' ; RBRACK : ']' ; COMMA : ',' ; COLON : ':' ; DOT : '.' ;
ASSIGN : '=' ; EQ : '==' ; NE : '!=' ; LE : '<=' ; LT : '<' ; GE : '>=' ; GT : '>' ; PLUS : '+' ; DASH : '-' ; STAR : '*' ; SLASH : '/' ;
CARET : '^' ; PERCENT : '%' ;

COUNTRY : UPPER UPPER ( '-' UPNUM UPNUM? UPNUM? )? ;
INSTANT : YMD 'T' DIGIT DIGIT ':' DIGIT DIGIT ( ':' DIGIT DIGIT )? ( 'Z' | [+-] DIGIT DIGIT ':' DIGIT DIGIT ) ;
DATE    : YMD ;
NUMBER  : DIGIT [0-9_]* ( '.' DIGIT [0-9_]* )? ( [eE] [+-]? DIGIT+ )? ;
NAME    : [A-Za-z_] [A-Za-z0-9_]* ;
STRING  : '"' ( '\\' ~[\r\n] | ~["\\\r\n] )* '"' ;

COMMENT : '#' ~[\r\n]* -> skip ;
SPACE   : [ \t\r\n]+ -> skip ;

// What is nearly right is read as one token, so that the message can say what to write instead (engine/syntax/lexical.cc).
OPEN_STRING : '"' ( '\\' ~[\r\n] | ~["\\\r\n] )* '\\'? ;
APOSTROPHES : '\'' ~['\r\n]* '\'' ;
FOREIGN_OPERATOR : '&&' | '||' | '&' | '|' | '!' | '=>' | '=<' | '<>' | '===' | '!==' | ':=' | '**' | '->' ;
FOREIGN_COMMENT  : '//' ~[\r\n]* | '/*' .*? '*/' ;
NEAR_DATE
  : DIGIT DIGIT DIGIT DIGIT [-/] DIGIT DIGIT? [-/] DIGIT DIGIT?
  | DIGIT DIGIT? [-/] DIGIT DIGIT? [-/] DIGIT DIGIT DIGIT DIGIT
  | DIGIT+ '.' DIGIT+ '.' DIGIT+
  ;
NEAR_INSTANT : YMD 'T' [0-9:.]+ ( 'Z' | [+-] [0-9:]+ )? ;
OTHER : . ;

fragment YMD   : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
fragment DIGIT : [0-9] ;
fragment UPPER : [A-Z] ;
fragment UPNUM : [A-Z0-9] ;
