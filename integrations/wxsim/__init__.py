"""wxsim: WeChat Pay, the mini-program server API and the WeChat app itself, for tests and demos without a network.

Start it with `python -m integrations.wxsim --port N --state PATH`; every change is on disk before it is acknowledged,
so a payment once acknowledged survives kill -9. It is as strict as the real one, in some places stricter, misbehaves
on demand (control.py), and is never part of a production: its keys are public and refused there.

Pages, which work under any path prefix:
  ./                 trades, refunds, notices and uploads at a glance
  ./cashier          ?prepay_id=…&return_to=…: pay, cancel, pay late, lose the notice
  ./login            ?return_to=…: choose who you are; goes back with code=…
  ./phone            ?openid=…&return_to=…: agree to give your number; goes back with phone_code=…
For a front end without a WeChat app around it (H5):
  GET  h5/users                          -> {users: [{openid, nickname, phone}]}
  POST h5/login {user: openid | "new"}   -> {code, user: {openid, nickname}}      stands for wx.login
  POST h5/phone {openid}                 -> {code}                                stands for the getPhoneNumber button
  POST h5/pay {prepay_id | package, action?: pay | cancel | later, seconds?, lose_notice?, …requestPayment arguments}
                                         -> {errMsg}                              stands for wx.requestPayment
"""
