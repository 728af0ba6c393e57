package readme

import (
	"math/rand"
	"testing"

	"example.com/secrets"
)

type source struct{ secrets.SystemRandom }

func (s source) Int63() int64 { return int64(s.Uint64() >> 1) }
func (source) Seed(int64)     {}

func TestSource(t *testing.T) {
	r := rand.New(source{})
	if n := r.Intn(10); n < 0 || n >= 10 {
		t.Errorf("Intn(10) = %d", n)
	}
	if a, b := r.Uint64(), r.Uint64(); a == b { // with a probability of 2^-64
		t.Errorf("Uint64 returns %d twice", a)
	}
}
