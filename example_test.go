package secrets_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/secrets"
)

func Example() {
	token := secrets.TokenURLSafe()                             // WC9TJY-5OoE-34d7KIzuqLQ3_CYXPxSPSwJjGlA1lbk
	id := secrets.TokenHex(16)                                  // fa79d3fb14f9ed396b96446f76c35b51
	key := secrets.TokenBytes(32)                               // [152 56 28 67 191 … 150 188]
	pw := secrets.TokenFrom(secrets.Letters+secrets.Digits, 16) // LfYbl3smxHFx0lfY
	code := secrets.TokenFrom(secrets.Digits, 6)                // 258043
	roll := 1 + secrets.RandBelow(6)                            // 1

	fmt.Println(len(token), len(id), len(key), len(pw), len(code), 1 <= roll && roll <= 6)
	// Output: 43 32 32 16 6 true
}

func ExampleTokenBytes() {
	key := secrets.TokenBytes(16) // for AES-128
	fmt.Println(len(key), len(secrets.TokenBytes()))
	// Output: 16 32
}

func ExampleTokenHex() {
	token := secrets.TokenHex(16) // 128 bits
	fmt.Println(len(token), strings.Trim(token, "0123456789abcdef") == "")
	// Output: 32 true
}

func ExampleTokenURLSafe() {
	token := secrets.TokenURLSafe() // 256 bits
	fmt.Println(len(token), url.QueryEscape(token) == token)
	// Output: 43 true
}

func ExampleTokenFrom() {
	// In Python: ''.join(secrets.choice('abcd') for i in range(20))
	s := secrets.TokenFrom("abcd", 20)
	// A voucher without I and 1, O and 0: 10 characters of 5 bits.
	voucher := secrets.TokenFrom("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 10)
	fmt.Println(len(s), strings.Trim(s, "abcd") == "", len(voucher))
	// Output: 20 true 10
}

func ExampleChoice() {
	servers := []string{"alpha", "beta", "gamma"}
	fmt.Println(slices.Contains(servers, secrets.Choice(servers)))
	// Output: true
}

func ExampleChoices() {
	flips := secrets.Choices([]string{"heads", "tails"}, 100)
	fmt.Println(len(flips), "flips")
	// Output: 100 flips
}

func ExampleSample() {
	tickets := []int{1204, 1377, 1581, 1602, 1749, 1850, 1966}
	winners := secrets.Sample(tickets, 3)
	slices.Sort(winners)
	fmt.Println(len(slices.Compact(winners)), "different winners")
	// Output: 3 different winners
}

func ExampleShuffle() {
	questions := []string{"a", "b", "c", "d"}
	secrets.Shuffle(questions)
	slices.Sort(questions) // Nothing is lost and nothing repeated.
	fmt.Println(questions)
	// Output: [a b c d]
}

func ExampleRandBelow() {
	n := secrets.RandBelow(100) // 0 to 99
	fmt.Println(0 <= n && n < 100)
	// Output: true
}

func ExampleRandBelowBig() {
	// A number of at most 30 digits, more than an int64 can hold.
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	n := secrets.RandBelowBig(limit)
	fmt.Println(n.Sign() >= 0 && n.Cmp(limit) < 0)
	// Output: true
}

func ExampleRandBits() {
	n := secrets.RandBits(173)
	fmt.Println(n.BitLen() <= 173)
	// Output: true
}

func ExampleCompareDigest() {
	sent := "wrong token"
	fmt.Println(secrets.CompareDigest(sent, "right token"))
	// Output: false
}

func ExampleSystemRandom() {
	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
	height := 175 + 7*r.NormFloat64()     // normally distributed
	fmt.Println(height > 0)
	// Output: true
}

// An API key is shown once and stored as a hash, so that a stolen database reveals no
// keys. NIST SP 800-63B-4 (3.1.2.2) and OWASP ASVS 5.0 (6.5.2) accept a plain hash for
// look-up secrets of at least 112 bits, which an API key resembles. The lookup needs no
// CompareDigest: its time can reveal part of a hash, which does not lead to the key.
func Example_apiKey() {
	var owners sync.Map // by hash of a key, in hex: database/sql takes no [32]byte
	hash := func(key string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(key))) }
	key := "acme_" + secrets.TokenFrom(secrets.Letters+secrets.Digits)
	owners.Store(hash(key), "user 17") // the hash of the whole key, with its prefix

	file := key + "\n" // A client trims what it reads from a file.
	fmt.Println(owners.Load(hash(strings.TrimSpace(file))))
	// Output: user 17 true
}

// A link in an email that resets a password works once and expires. Answer alike for known
// and unknown addresses, and limit the links sent to one. Send the page with a
// Referrer-Policy of no-referrer, and keep its address out of logs. Mail scanners open links,
// so use the token only when the new password is accepted. In a database, store the password
// in the same transaction. Then end the sessions of the user. Do not skip a second factor.
// Delete a user's links, too, when the password or the address changes in another way.
func Example_passwordReset() {
	type row struct {
		account  string
		deadline time.Time // in a database, in UTC or as Unix seconds
	}
	var mu sync.Mutex
	links := map[string]row{} // by hash of a token; index the account as well, and remove expired rows

	hash := func(token string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(token))) }
	newLink := func(user string) (link string) {
		token := secrets.TokenURLSafe()
		mu.Lock()
		defer mu.Unlock()
		links[hash(token)] = row{user, time.Now().Add(time.Hour)}
		return "https://example.com/reset?token=" + token
	}
	// In PostgreSQL or SQLite, one statement decides. Read its rows to the end. The token is
	// right if there was no error and a row has the token's hash:
	//	DELETE FROM links WHERE account =
	//	(SELECT account FROM links WHERE hash = $1 AND deadline > $2) RETURNING account, hash
	use := func(token string, now time.Time) (user string, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		r, ok := links[hash(token)]
		if !ok || !r.deadline.After(now) {
			return "", false
		}
		maps.DeleteFunc(links, func(_ string, other row) bool { return other.account == r.account })
		return r.account, true
	}
	_, token, _ := strings.Cut(newLink("user 17"), "token=") // On a server, use r.FormValue.
	fmt.Println(use(token, time.Now().Add(2*time.Hour)))     // too late
	fmt.Println(use(token, time.Now()))
	fmt.Println(use(token, time.Now())) // again
	// Output:
	//  false
	// user 17 true
	//  false
}

// Six digits, with 19.9 bits of entropy, are the fewest that NIST SP 800-63B-4 (3.1.3.2) and
// OWASP ASVS 5.0 (6.5.4) accept. So a code works once, for ten minutes, for five tries, and
// only in the session that asked for it (ASVS 6.5.1, 6.5.5, 6.6.2, 6.6.3). For sign-in, NIST
// forbids sending it by email (3.1.3.1).
//
// A new code brings new tries, so an account also has at most 20 failures a UTC day. A stranger
// can use these up: the user needs another way in. Limit the codes sent to a user, too, and
// the tries over all accounts. NIST's limit of 100 failures in a row (3.2.2) needs another count.
func Example_sixDigitCode() {
	type row struct {
		account  string
		mac      []byte
		tries    int
		deadline time.Time // in a database, in UTC or as Unix seconds
	}
	var mu sync.Mutex
	codes := map[string]*row{}   // by session
	failures := map[string]int{} // by account and UTC day; remove old rows of both

	// Make the key once, and keep it apart from the codes. Every process loads the same one.
	key := []byte(strings.TrimSpace(os.Getenv("CODE_KEY"))) // the 64 digits of TokenHex()
	if len(key) != 64 {
		key = []byte(secrets.TokenHex()) // A real server refuses to start without its key.
	}
	mac := func(session, account, code string) []byte {
		h := hmac.New(sha256.New, key)
		fmt.Fprintf(h, "%q %q %q", session, account, code)
		return h.Sum(nil)
	}
	newCode := func(session, user string) string {
		code := secrets.TokenFrom(secrets.Digits, 6) // text: a number would lose leading zeros
		mu.Lock()
		defer mu.Unlock()
		codes[session] = &row{user, mac(session, user, code), 0, time.Now().Add(10 * time.Minute)}
		return code
	}
	// In PostgreSQL or SQLite, commit (1) and (2) before the comparison: what is rolled back is
	// not counted. If (1), (2) or (3) fails or finds no row, the answer is no.
	check := func(session, typed string) (user string, ok bool) {
		typed = typed[:min(len(typed), 100)]
		code := regexp.MustCompile("[^0-9]").ReplaceAllString(typed, "") // no spaces or dashes
		mu.Lock()
		defer mu.Unlock()
		// (1) UPDATE codes SET tries = tries + 1
		//	WHERE session = $1 AND tries < 5 AND deadline > $2 RETURNING account, mac
		r, ok := codes[session]
		if !ok || r.tries >= 5 || !r.deadline.After(time.Now()) {
			return "", false
		}
		r.tries++
		// (2) INSERT INTO failures (account, day, count) VALUES ($1, $2, 1)
		//	ON CONFLICT (account, day) DO UPDATE SET count = failures.count + 1
		//	WHERE failures.count < 20 RETURNING count
		day := r.account + time.Now().UTC().Format(" 2006-01-02")
		if failures[day] >= 20 {
			return "", false
		}
		failures[day]++
		if !secrets.CompareDigest(r.mac, mac(session, r.account, code)) {
			return "", false
		}
		delete(codes, session) // (3) DELETE FROM codes WHERE session = $1 AND mac = $2
		delete(failures, day)  // (4) DELETE FROM failures WHERE account = $1 AND day = $2
		return r.account, true // Now give the session a new ID.
	}
	session, user := secrets.TokenURLSafe(), "user 17"
	code := newCode(session, user)
	fmt.Println(check(session, code[:3]+" "+code[3:]+"\n"))
	fmt.Println(check(session, code)) // again
	for range 20 {
		code = newCode(session, user)
		check(session, "no code")
	}
	fmt.Println(check(session, code)) // after 20 failures
	// Output:
	// user 17 true
	//  false
	//  false
}

// An initial password for an account, on a system that demands a letter and a digit.
// Redrawing the whole password keeps all valid ones equally likely. Store it under a slow
// hash, let it expire soon, and require a new one at first login (OWASP ASVS 5.0, 6.4.1).
func Example_initialPassword() {
	newPassword := func(fits func(string) bool) string {
		for range 1000 {
			password := secrets.TokenFrom(secrets.Letters+secrets.Digits, 16)
			if fits(password) {
				return password
			}
		}
		panic("no password fits") // 16 is too short, or fits demands what the alphabet lacks.
	}
	password := newPassword(func(s string) bool {
		return strings.ContainsAny(s, secrets.Letters) && strings.ContainsAny(s, secrets.Digits)
	})
	fmt.Println(len(password))
	// Output: 16
}

// A password for a database or a message queue. Letters and digits need no quoting in a
// connection URL, a shell or a configuration file. Some servers demand all three classes,
// and Oracle demands a letter first. Thirty characters have 178 bits of entropy. Some servers
// take no more, such as Oracle on Amazon RDS for its master user.
func Example_servicePassword() {
	newPassword := func() string {
		for range 1000 {
			password := secrets.TokenFrom(secrets.Letters, 1) +
				secrets.TokenFrom(secrets.Letters+secrets.Digits, 29)
			if strings.ContainsAny(password, secrets.Lowercase) &&
				strings.ContainsAny(password, secrets.Uppercase) &&
				strings.ContainsAny(password, secrets.Digits) {
				return password // For MySQL's policy MEDIUM, append "-", a special character.
			}
		}
		panic("the random source repeats itself")
	}
	password := newPassword()
	fmt.Println(len(password), url.QueryEscape(password) == password)
	// Output: 30 true
}

// Six words of 7,776 have 77.5 bits of entropy. Six from this short list have only 18.
func Example_passphrase() {
	// parse returns the different words of a list with one word a line. Of a line with a
	// dice number, it takes the last field.
	parse := func(list string) []string {
		var words []string
		for line := range strings.Lines(strings.TrimPrefix(list, "\ufeff")) { // a byte order mark
			if fields := strings.Fields(line); len(fields) > 0 {
				words = append(words, fields[len(fields)-1])
			}
		}
		slices.Sort(words)
		return slices.Compact(words)
	}
	list := "anchor\nbasket\ncandle\ndonkey\nengine\nfabric\ngarden\nhammer\n" // from os.ReadFile
	words := parse(list)
	if len(words) != 8 { // In your program, 7,776.
		panic("the list does not have 8 different words")
	}
	passphrase := strings.Join(secrets.Choices(words, 6), " ")
	fmt.Println(strings.Count(passphrase, " ")+1, "words")
	// Output: 6 words
}

// Sample needs a slice of all the numbers. To pick a few of many, redraw repeats. Such
// numbers are no secrets: one guess in ten is right if 100,000 of a million are taken.
// Where numbers are given out over time, let a unique index refuse a repeat.
func Example_distinctNumbers() {
	// In Python: secrets.SystemRandom().sample(range(10_000_000), 60)
	distinct := func(n, k int) []int {
		if k < 0 || k > n/2 { // Above half of n, many draws repeat: use Perm(n)[:k] of a Rand.
			panic("k is negative or above half of n")
		}
		seen, numbers := map[int]bool{}, make([]int, 0, k)
		for len(numbers) < k {
			if x := secrets.RandBelow(n); !seen[x] {
				seen[x] = true
				numbers = append(numbers, x)
			}
		}
		return numbers
	}
	numbers := distinct(10_000_000, 60)
	slices.Sort(numbers)
	fmt.Println(len(slices.Compact(numbers)), numbers[0] >= 0, numbers[59] < 10_000_000)
	// Output: 60 true true
}

// For weights that are floats, scale and round them: int(math.Round(100 * weight)). Or use
// distuv.NewCategorical of Gonum with SystemRandom{} as its source.
func Example_weightedChoice() {
	// In Python: secrets.SystemRandom().choices(colors, weights=[18, 18, 2], k=3)
	weighted := func(s []string, weights []int, k int) ([]string, error) {
		if len(weights) != len(s) || k < 0 {
			return nil, errors.New("each element needs one weight, and k may not be negative")
		}
		sums, total := make([]int, len(s)), 0
		for i, w := range weights {
			if w < 0 || w > math.MaxInt-total {
				return nil, errors.New("a weight is negative, or the weights are too large")
			}
			total += w
			sums[i] = total
		}
		if total == 0 {
			return nil, errors.New("no weight is above 0")
		}
		drawn := make([]string, k)
		for i := range drawn {
			n := secrets.RandBelow(total)
			j, _ := slices.BinarySearch(sums, n+1) // the first sum above n
			drawn[i] = s[j]
		}
		return drawn, nil
	}
	colors := []string{"red", "black", "green"}
	spins, err := weighted(colors, []int{18, 18, 2}, 3)
	fmt.Println(len(spins), "spins,", err)
	// Output: 3 spins, <nil>
}
