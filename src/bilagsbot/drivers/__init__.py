"""What moves a program's screen: base is the Driver that steps speak to."""
