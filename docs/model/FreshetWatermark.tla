-------------------------- MODULE FreshetWatermark --------------------------
(* Two partitions of the log and of the inbox, a key in each, a scope over  *)
(* both; heartbeats; a reader who names the position of a commit that was   *)
(* acknowledged to it (Freshet-Min-LSN).                                    *)
(* An LSN is the index of a transaction in tx. A value is the set of those  *)
(* transactions that its reader saw. Appending to several partitions is one *)
(* step here: nobody sees an append before consuming it, partition by       *)
(* partition, so a later append looks like later consumption.               *)
EXTENDS Naturals, Sequences, FiniteSets
CONSTANTS MaxTx, MaxBeats, MaxFills, Guard
P == {1, 2}                       \* partitions; key p lives in partition p
Targets == {1, 2, 3}              \* a key, or 3: the scope over both
VARIABLES tx, vis, sent, owed, inbox, routed, log, pos, L1, fill, fills, beats
vars == <<tx,vis,sent,owed,inbox,routed,log,pos,L1,fill,fills,beats>>
G(x) == x \in Guard
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
Hits(t, p) == t = p \/ t = 3
Inv(t) == [kind |-> "inv", t |-> t, lsn |-> 0, via |-> 0]
Idle == [ph |-> "idle", s |-> 0, v |-> {}]
Init == /\ tx = <<>> /\ vis = {} /\ sent = 0 /\ owed = {} /\ beats = 0
        /\ inbox = [p \in P |-> <<>>] /\ routed = [p \in P |-> 0]
        /\ log = [p \in P |-> <<>>] /\ pos = [p \in P |-> 0]
        /\ L1 = [p \in P |-> [ph |-> "none", s |-> 0, v |-> {}]]
        /\ fill = [p \in P |-> Idle] /\ fills = 0
(* --- the database: flushed to the slot, and later visible and acknowledged *)
Commit == \E t \in Targets :
  /\ Len(tx) < MaxTx /\ tx' = Append(tx, t)
  /\ UNCHANGED <<vis,sent,owed,inbox,routed,log,pos,L1,fill,fills,beats>>
Show == \E n \in 1..Len(tx) :
  /\ n \notin vis /\ vis' = vis \cup {n}
  /\ UNCHANGED <<tx,sent,owed,inbox,routed,log,pos,L1,fill,fills,beats>>
(* --- capture: in order; early when the wait is over, and then owed *)
InboxOf(t) == IF t = 3 THEN 1 ELSE t
Publish ==
  /\ sent < Len(tx) /\ sent' = sent + 1
  /\ LET n == sent + 1 IN
     /\ owed' = IF n \in vis THEN owed ELSE owed \cup {n}
     /\ inbox' = [inbox EXCEPT ![InboxOf(tx[n])] = Append(@, Inv(tx[n]))]
  /\ UNCHANGED <<tx,vis,routed,log,pos,L1,fill,fills,beats>>
Again == \E n \in owed \cap vis :
  /\ owed' = owed \ {n}
  /\ inbox' = [inbox EXCEPT ![InboxOf(tx[n])] = Append(@, Inv(tx[n]))]
  /\ UNCHANGED <<tx,vis,sent,routed,log,pos,L1,fill,fills,beats>>
(* the heartbeat claims that all before it was published for good *)
Claim == IF ~G("beatInOrder") THEN Len(tx)
         ELSE IF G("owedHoldsBeat") /\ owed # {} THEN Min(owed) - 1 ELSE sent
Beat ==
  /\ beats < MaxBeats /\ Claim > 0 /\ beats' = beats + 1
  /\ inbox' = [p \in P |-> IF p = 1 \/ G("beatEverywhere")
       THEN Append(inbox[p], [kind |-> "beat", t |-> 0, lsn |-> Claim, via |-> 0]) ELSE inbox[p]]
  /\ UNCHANGED <<tx,vis,sent,owed,routed,log,pos,L1,fill,fills>>
(* --- the router: one reader for each inbox partition *)
Route == \E i \in P :
  /\ routed[i] < Len(inbox[i])
  /\ LET r == [inbox[i][routed[i] + 1] EXCEPT !.via = i]
         To == IF r.kind = "beat" THEN P
               ELSE IF r.t # 3 THEN {r.t} ELSE IF G("scopeEverywhere") THEN P ELSE {i} IN
     log' = [p \in P |-> IF p \in To THEN Append(log[p], r) ELSE log[p]]
  /\ routed' = [routed EXCEPT ![i] = @ + 1]
  /\ UNCHANGED <<tx,vis,sent,owed,inbox,pos,L1,fill,fills,beats>>
(* --- the node: each partition at its own pace *)
Consume == \E p \in P :
  /\ pos[p] < Len(log[p]) /\ pos' = [pos EXCEPT ![p] = @ + 1]
  /\ UNCHANGED <<tx,vis,sent,owed,inbox,routed,log,L1,fill,fills,beats>>
Killed(p, s) == \E i \in (s + 1)..pos[p] : log[p][i].kind = "inv" /\ Hits(log[p][i].t, p)
Start == \E p \in P :
  /\ fill[p].ph = "idle" /\ fills < MaxFills /\ fills' = fills + 1
  /\ fill' = [fill EXCEPT ![p] = [ph |-> "begun", s |-> pos[p], v |-> {}]]
  /\ UNCHANGED <<tx,vis,sent,owed,inbox,routed,log,pos,L1,beats>>
Read == \E p \in P :
  /\ fill[p].ph = "begun"
  /\ fill' = [fill EXCEPT ![p].ph = "read", ![p].v = {n \in vis : Hits(tx[n], p)}]
  /\ UNCHANGED <<tx,vis,sent,owed,inbox,routed,log,pos,L1,fills,beats>>
Finish == \E p \in P :
  /\ fill[p].ph = "read" /\ fill' = [fill EXCEPT ![p] = Idle]
  /\ L1' = IF Killed(p, fill[p].s) THEN L1
           ELSE [L1 EXCEPT ![p] = [ph |-> "held", s |-> pos[p], v |-> fill[p].v]]
  /\ UNCHANGED <<tx,vis,sent,owed,inbox,routed,log,pos,fills,beats>>
Next == Commit \/ Show \/ Publish \/ Again \/ Beat \/ Route \/ Consume \/ Start \/ Read \/ Finish
Spec == Init /\ [][Next]_vars
(* --- what the node believes *)
Served(p) == L1[p].ph = "held" /\ ~Killed(p, L1[p].s)
BeatOf(p, i) == Max({0} \cup {log[p][j].lsn : j \in {k \in 1..pos[p] :
                  log[p][k].kind = "beat" /\ log[p][k].via = i}})
Inboxes == IF G("beatEverywhere") THEN P ELSE {1}
MarkOf(p) == IF G("minOverInboxes") THEN Min({BeatOf(p, i) : i \in Inboxes})
             ELSE Max({BeatOf(p, i) : i \in Inboxes})
Mark(p) == IF G("perPartition") THEN MarkOf(p) ELSE Max({MarkOf(q) : q \in P})
(* a reader who names an acknowledged commit at or below the watermark gets it *)
W_own == \A p \in P : Served(p) =>
           \A n \in vis : (n <= Mark(p) /\ Hits(tx[n], p)) => n \in L1[p].v
Rest == /\ sent = Len(tx) /\ owed = {} /\ vis = 1..Len(tx)
        /\ \A p \in P : routed[p] = Len(inbox[p]) /\ pos[p] = Len(log[p])
(* and when all is at rest nobody believes anything but the newest *)
W_rest == Rest => \A p \in P : Served(p) => \A n \in vis : Hits(tx[n], p) => n \in L1[p].v
Never == ~(Rest /\ Len(tx) = MaxTx /\ \A p \in P : Served(p) /\ MarkOf(p) = MaxTx /\ L1[p].v # {})
=============================================================================
