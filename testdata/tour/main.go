// Tour prints a result of each call that newcomers try first, beside its source.
package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"example.com/secrets"
)

func main() {
	fruit := []string{"apple", "banana", "pear"}
	// A list for real passphrases has 7,776 words.
	words := strings.Fields("anchor basket candle donkey engine fabric garden hammer island jacket")
	tickets := make([]int, 1000)
	for i := range tickets {
		tickets[i] = i + 1
	}
	var deck []string
	for _, suit := range []string{"♠", "♥", "♦", "♣"} {
		for _, rank := range strings.Fields("A 2 3 4 5 6 7 8 9 10 J Q K") {
			deck = append(deck, rank+suit)
		}
	}
	secrets.Shuffle(deck)

	show("secrets.TokenURLSafe()", secrets.TokenURLSafe())
	show("secrets.TokenURLSafe(20)", secrets.TokenURLSafe(20))
	show("secrets.TokenHex()", secrets.TokenHex())
	show("secrets.TokenHex(20)", secrets.TokenHex(20))
	show("secrets.TokenBytes()", secrets.TokenBytes())
	show("secrets.TokenBytes(20)", secrets.TokenBytes(20))
	show("secrets.Choice(fruit)", secrets.Choice(fruit))
	show(`secrets.TokenFrom("abcd", 20)`, secrets.TokenFrom("abcd", 20))
	show("secrets.RandBelow(10)", secrets.RandBelow(10))
	show("secrets.RandBits(8)", secrets.RandBits(8))
	show("secrets.RandBits(24)", secrets.RandBits(24))
	show("secrets.RandBits(173)", secrets.RandBits(173))
	show("secrets.TokenFrom(secrets.Letters+secrets.Digits, 16)", secrets.TokenFrom(secrets.Letters+secrets.Digits, 16))
	show(`strings.Join(secrets.Choices(words, 6), " ")`, strings.Join(secrets.Choices(words, 6), " "))
	show("secrets.TokenFrom(secrets.Digits, 6)", secrets.TokenFrom(secrets.Digits, 6))
	show("secrets.Shuffle(deck); deck[:5]", deck[:5])
	show("secrets.Sample(tickets, 5)", secrets.Sample(tickets, 5))
	show("rand.New(secrets.SystemRandom{}).Float64()", rand.New(secrets.SystemRandom{}).Float64())
}

func show(source string, result any) {
	fmt.Printf("%-55s%v\n", source, result)
}
